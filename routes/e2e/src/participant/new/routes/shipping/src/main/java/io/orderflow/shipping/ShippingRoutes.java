package io.orderflow.shipping;

import io.orderflow.contracts.OrderConfirmed;
import org.apache.camel.builder.RouteBuilder;

/** Shipping's part in the order saga: a parcel for each confirmed order. Only workers speak to the carrier. */
final class ShippingRoutes extends RouteBuilder {

    private final ShippingChannels channels;
    private final Parcels parcels;
    private final Carrier carrier;

    ShippingRoutes(ShippingChannels channels, Parcels parcels, Carrier carrier) {
        this.channels = channels;
        this.parcels = parcels;
        this.carrier = carrier;
    }

    @Override
    public void configure() {
        orderEvents();
        requestParcel();
        sendParcel();
        recordParcel();
    }

    private void orderEvents() {
        from(channels.orderEvents()).routeId("shipping.order-events")
            .to("direct:shipping.request-parcel");
    }

    private void requestParcel() {
        from("direct:shipping.request-parcel").routeId("shipping.request-parcel")
            .transform().body(OrderConfirmed.class, parcels::requestParcel)     // SendParcel, once
            .to(channels.sendParcel());
    }

    private void sendParcel() {
        from(channels.sendParcel()).routeId("shipping.send-parcel")
            .transform().body(SendParcel.class, carrier::sendParcel)            // ParcelSent
            .to(channels.recordParcel());
    }

    private void recordParcel() {
        from(channels.recordParcel()).routeId("shipping.record-parcel")
            .transform().body(ParcelSent.class, parcels::recordParcel)          // ParcelShipped
            .to(channels.shippingEvents());
    }
}
