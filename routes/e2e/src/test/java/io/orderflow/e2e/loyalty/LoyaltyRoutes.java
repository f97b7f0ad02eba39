package io.orderflow.e2e.loyalty;

import io.orderflow.contracts.OrderConfirmed;
import org.apache.camel.builder.RouteBuilder;

/** Loyalty's part in the order saga: points for what is confirmed. */
final class LoyaltyRoutes extends RouteBuilder {

    private final LoyaltyChannels channels;
    private final Points points;

    LoyaltyRoutes(LoyaltyChannels channels, Points points) {
        this.channels = channels;
        this.points = points;
    }

    @Override
    public void configure() {
        orderEvents();
        grantPoints();
    }

    private void orderEvents() {
        from(channels.orderEvents()).routeId("loyalty.order-events")
            .to("direct:loyalty.grant-points");
    }

    private void grantPoints() {
        from("direct:loyalty.grant-points").routeId("loyalty.grant-points")
            .transform().body(OrderConfirmed.class, points::grant)      // PointsGranted
            .to(channels.loyaltyEvents());
    }
}
