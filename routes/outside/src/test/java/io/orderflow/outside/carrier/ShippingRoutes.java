package io.orderflow.outside.carrier;

import io.orderflow.outside.CallRoutes;
import org.apache.camel.builder.RouteBuilder;

/** The worker's route of shipping. */
final class ShippingRoutes extends RouteBuilder {

    private final String parcels;
    private final String labels;
    private final CallRoutes<Parcel, Label> carrier;

    /**
     * @param parcels what the workers are to send, {@code work:shipping.send-parcel} in a service
     * @param labels where the carrier's answers are recorded, {@code transaction:shipping.record-label} in a service
     */
    ShippingRoutes(String parcels, String labels, CallRoutes<Parcel, Label> carrier) {
        this.parcels = parcels;
        this.labels = labels;
        this.carrier = carrier;
    }

    @Override
    public void configure() {
        sendParcel();
    }

    private void sendParcel() {
        from(parcels).routeId("shipping.send-parcel")
            .transform().body(Parcel.class, carrier::call)                      // Label, or it is tried again
            .to(labels);
    }
}
