package io.orderflow.http.ops;

import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static org.apache.camel.model.rest.RestParamType.query;

import org.apache.camel.builder.RouteBuilder;

/** The record of operators' calls over REST: read, or taken along. */
final class AuditApi extends RouteBuilder {

    private final AuditDesk desk;

    AuditApi(AuditDesk desk) {
        this.desk = desk;
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
                .to("direct:ops.export-audit");
        listAudit();
        exportAudit();
    }

    private void listAudit() {
        from("direct:ops.list-audit").routeId("ops.list-audit")
            .setBody(desk::calls);
    }

    private void exportAudit() {
        from("direct:ops.export-audit").routeId("ops.export-audit")
            .setBody(desk::export);
    }
}
