package io.orderflow.e2e.planted;

import org.apache.camel.builder.RouteBuilder;

/** Routes by another name, in a transaction of Camel's own. */
public final class PlantedFlow extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:planted").transacted().to("mock:planted");
    }
}
