package io.orderflow.shipping;

import io.orderflow.messaging.Work;
import java.util.UUID;

/** The request to hand an order's parcel to the carrier. */
record SendParcel(UUID orderId) implements Work {

    /** By which the carrier knows a parcel again that was handed over before. */
    String key() {
        return "parcel-" + orderId;
    }
}
