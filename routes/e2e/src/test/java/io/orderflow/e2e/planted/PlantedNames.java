package io.orderflow.e2e.planted;

import org.apache.camel.builder.RouteBuilder;

/** Routes with a name for their channel, one for their id and one for their method. */
public final class PlantedNames extends RouteBuilder {

    @Override
    public void configure() {
        chargeOrder();
        undo();
        recordCharge();
    }

    private void chargeOrder() {
        from("work:payments.charge").routeId("payments.charge-order").to("mock:planted");
    }

    private void undo() {
        from("work:payments.undo-charge").routeId("payments.undo-charge").to("mock:planted");
    }

    private void recordCharge() {
        from("direct:chargeAnswers").routeId("chargeAnswers").to("mock:planted");
    }
}
