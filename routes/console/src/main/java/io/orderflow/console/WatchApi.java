package io.orderflow.console;

import static io.orderflow.http.CallerRole.ANYONE;
import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.http.Answer;
import io.orderflow.http.Request;
import io.orderflow.http.StaticFiles;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** What operators look on at: the page, how everything is, who is stuck, and an order as it is now. */
final class WatchApi extends RouteBuilder {

    private final StaticFiles files;
    private final WatchDesk desk;
    private final LiveDesk liveDesk;

    WatchApi(StaticFiles files, WatchDesk desk, LiveDesk liveDesk) {
        this.files = files;
        this.desk = desk;
        this.liveDesk = liveDesk;
    }

    @Override
    public void configure() {
        rest("/ops/console")
            .get().security(ANYONE).to("direct:console.show-page")
            .get("/{file}").security(ANYONE).to("direct:console.show-file")
            .get("/overview").security(OPERATOR_READ).to("direct:console.show-overview")
            .get("/flow").security(OPERATOR_READ).to("direct:console.show-flow")
            .get("/stream").security(OPERATOR_READ).to("direct:console.follow-overview")
            .get("/stuck").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:console.list-stuck")
            .get("/orders/{id}").security(OPERATOR_READ).to("direct:console.show-order");
        showPage();
        showFile();
        showOverview();
        showFlow();
        followOverview();
        listStuck();
        showOrder();
    }

    private void showPage() {
        from("direct:console.show-page").routeId("console.show-page")
            .setBody(exchange -> Answer.ok(files.named("index.html")).tagged());
    }

    private void showFile() {
        from("direct:console.show-file").routeId("console.show-file")
            .setBody(this::file);
    }

    private void showOverview() {
        from("direct:console.show-overview").routeId("console.show-overview")
            .setBody(desk::overview);
    }

    private void showFlow() {
        from("direct:console.show-flow").routeId("console.show-flow")
            .setBody(desk::flow);
    }

    private void followOverview() {
        from("direct:console.follow-overview").routeId("console.follow-overview")
            .setBody(desk::stream);
    }

    private void listStuck() {
        from("direct:console.list-stuck").routeId("console.list-stuck")
            .setBody(desk::stuck);
    }

    private void showOrder() {
        from("direct:console.show-order").routeId("console.show-order")
            .setBody(liveDesk::live);
    }

    private Answer file(Exchange exchange) {
        return Answer.ok(files.named(Request.path(exchange, "file"))).tagged();
    }
}
