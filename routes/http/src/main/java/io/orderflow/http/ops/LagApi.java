package io.orderflow.http.ops;

import static io.orderflow.http.CallerRole.OPERATOR_READ;

import org.apache.camel.builder.RouteBuilder;

/** How far services are behind, over REST. */
final class LagApi extends RouteBuilder {

    private final LagDesk desk;

    LagApi(LagDesk desk) {
        this.desk = desk;
    }

    @Override
    public void configure() {
        rest("/ops/lag").get().security(OPERATOR_READ).to("direct:ops.show-lag");
        showLag();
    }

    private void showLag() {
        from("direct:ops.show-lag").routeId("ops.show-lag")
            .setBody(desk::lag);
    }
}
