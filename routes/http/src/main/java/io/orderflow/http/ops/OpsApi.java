package io.orderflow.http.ops;

import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static io.orderflow.http.CallerRole.OPERATOR_RELEASE;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.http.ops.OpsDesk.Ending;
import io.orderflow.http.ops.RefusedDesk.GivingUp;
import org.apache.camel.builder.RouteBuilder;

/** The operators' part over REST: what is parked or refused, what to do with it, and what was done. */
final class OpsApi extends RouteBuilder {

    private final AuditDesk auditDesk;
    private final ParkedDesk parkedDesk;
    private final OpsDesk desk;
    private final RefusedDesk refusedDesk;

    OpsApi(AuditDesk auditDesk, ParkedDesk parkedDesk, OpsDesk desk, RefusedDesk refusedDesk) {
        this.auditDesk = auditDesk;
        this.parkedDesk = parkedDesk;
        this.desk = desk;
        this.refusedDesk = refusedDesk;
    }

    @Override
    public void configure() {
        rest("/ops")
            .get("/audit").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .param().name("caller").type(query).endParam()
                .param().name("action").type(query).endParam()
                .param().name("target").type(query).endParam()
                .param().name("since").type(query).endParam()
                .param().name("until").type(query).endParam()
                .to("direct:ops.list-audit")
            .get("/audit.csv").security(OPERATOR_READ)
                .param().name("caller").type(query).endParam()
                .param().name("action").type(query).endParam()
                .param().name("target").type(query).endParam()
                .param().name("since").type(query).endParam()
                .param().name("until").type(query).endParam()
                .to("direct:ops.export-audit")
            .get("/parked").security(OPERATOR_READ)
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
            .get("/parked/groups").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:ops.list-groups")
            .get("/parked/{id}").security(OPERATOR_READ).to("direct:ops.show-parked")
            .get("/parked/{id}/payload").security(OPERATOR_READ)
                .param().name("from").type(query).endParam()
                .param().name("bytes").type(query).endParam()
                .param().name("as").type(query).endParam()
                .to("direct:ops.show-payload")
            .post("/parked/{id}/release").security(OPERATOR_RELEASE).to("direct:ops.release-parked")
            .post("/parked/{id}/discard").security(OPERATOR_RELEASE).to("direct:ops.discard-parked")
            .get("/refused").security(OPERATOR_READ)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:ops.list-refused")
            .post("/refused/{id}/discard").security(OPERATOR_RELEASE).to("direct:ops.discard-refused");
        listAudit();
        exportAudit();
        listParked();
        listGroups();
        showParked();
        showPayload();
        releaseParked();
        discardParked();
        listRefused();
        discardRefused();
    }

    private void listAudit() {
        from("direct:ops.list-audit").routeId("ops.list-audit")
            .setBody(auditDesk::calls);
    }

    private void exportAudit() {
        from("direct:ops.export-audit").routeId("ops.export-audit")
            .setBody(auditDesk::export);
    }

    private void listParked() {
        from("direct:ops.list-parked").routeId("ops.list-parked")
            .setBody(parkedDesk::parked);
    }

    private void listGroups() {
        from("direct:ops.list-groups").routeId("ops.list-groups")
            .setBody(parkedDesk::groups);
    }

    private void showParked() {
        from("direct:ops.show-parked").routeId("ops.show-parked")
            .setBody(parkedDesk::event);
    }

    private void showPayload() {
        from("direct:ops.show-payload").routeId("ops.show-payload")
            .setBody(parkedDesk::payload);
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
