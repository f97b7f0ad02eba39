package io.orderflow.http.ops;

import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static io.orderflow.http.CallerRole.OPERATOR_RELEASE;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.http.ops.OpsDesk.Ending;
import io.orderflow.http.ops.RefusedDesk.GivingUp;
import org.apache.camel.builder.RouteBuilder;

/** What operators do over REST: end what is parked, and see and give up what is refused. */
final class OpsApi extends RouteBuilder {

    private final OpsDesk desk;
    private final RefusedDesk refusedDesk;

    OpsApi(OpsDesk desk, RefusedDesk refusedDesk) {
        this.desk = desk;
        this.refusedDesk = refusedDesk;
    }

    @Override
    public void configure() {
        rest("/ops")
            .post("/parked/{id}/release").security(OPERATOR_RELEASE).to("direct:ops.release-parked")
            .post("/parked/{id}/discard").security(OPERATOR_RELEASE).to("direct:ops.discard-parked")
            .get("/refused").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:ops.list-refused")
            .post("/refused/{id}/discard").security(OPERATOR_RELEASE).to("direct:ops.discard-refused");
        releaseParked();
        discardParked();
        listRefused();
        discardRefused();
    }

    private void releaseParked() {
        from("direct:ops.release-parked").routeId("ops.release-parked")
            .setBody(desk::ending)
            .transform().body(Ending.class, desk::release);
    }

    private void discardParked() {
        from("direct:ops.discard-parked").routeId("ops.discard-parked")
            .setBody(desk::ending)
            .transform().body(Ending.class, desk::discard);
    }

    private void listRefused() {
        from("direct:ops.list-refused").routeId("ops.list-refused")
            .setBody(refusedDesk::refused);
    }

    private void discardRefused() {
        from("direct:ops.discard-refused").routeId("ops.discard-refused")
            .setBody(refusedDesk::givingUp)
            .transform().body(GivingUp.class, refusedDesk::discard);
    }
}
