package io.orderflow.http.ops;

import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static org.apache.camel.model.rest.RestParamType.query;

import org.apache.camel.builder.RouteBuilder;

/** What is parked, over REST: lists, groups, one event, and what is in it. */
final class ParkedApi extends RouteBuilder {

    private final ParkedDesk desk;

    ParkedApi(ParkedDesk desk) {
        this.desk = desk;
    }

    @Override
    public void configure() {
        rest("/ops/parked")
            .get().security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .param().name("order").type(query).endParam()
                .param().name("key").type(query).endParam()
                .param().name("topic").type(query).endParam()
                .param().name("type").type(query).endParam()
                .param().name("reason").type(query).endParam()
                .param().name("error_class").type(query).endParam()
                .param().name("group").type(query).endParam()
                .param().name("state").type(query).endParam()
                .param().name("min_age").type(query).endParam()
                .param().name("max_age").type(query).endParam()
                .to("direct:ops.list-parked")
            .get("/groups").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:ops.list-groups")
            .get("/{id}").security(OPERATOR_READ).to("direct:ops.show-parked")
            .get("/{id}/payload").security(OPERATOR_READ)
                .param().name("from").type(query).endParam()
                .param().name("bytes").type(query).endParam()
                .param().name("as").type(query).endParam()
                .to("direct:ops.show-payload");
        listParked();
        listGroups();
        showParked();
        showPayload();
    }

    private void listParked() {
        from("direct:ops.list-parked").routeId("ops.list-parked")
            .setBody(desk::parked);
    }

    private void listGroups() {
        from("direct:ops.list-groups").routeId("ops.list-groups")
            .setBody(desk::groups);
    }

    private void showParked() {
        from("direct:ops.show-parked").routeId("ops.show-parked")
            .setBody(desk::event);
    }

    private void showPayload() {
        from("direct:ops.show-payload").routeId("ops.show-payload")
            .setBody(desk::payload);
    }
}
