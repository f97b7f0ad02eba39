package io.orderflow.http.ops;

import static io.orderflow.http.CallerRole.OPERATOR_READ;

import org.apache.camel.builder.RouteBuilder;

/** What services keep of an order, over REST. */
final class KeptApi extends RouteBuilder {

    private final KeptDesk desk;

    KeptApi(KeptDesk desk) {
        this.desk = desk;
    }

    @Override
    public void configure() {
        rest("/ops/orders").get("/{id}/kept").security(OPERATOR_READ).to("direct:ops.show-kept");
        showKept();
    }

    private void showKept() {
        from("direct:ops.show-kept").routeId("ops.show-kept")
            .setBody(desk::kept);
    }
}
