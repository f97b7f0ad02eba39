package io.orderflow.shipping;

import static io.orderflow.contracts.Topology.SHIPPING;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;

/**
 * Where shipping's messages come in and go out.
 *
 * @param sendParcel what the workers are to hand to the carrier
 * @param recordParcel where the carrier's answers are recorded
 */
record ShippingChannels(String orderEvents, String sendParcel, String recordParcel, String shippingEvents) {

    static ShippingChannels declared() {
        return new ShippingChannels(
                Participant.hears(SHIPPING, Topology.ORDER_EVENTS),
                Participant.work(SHIPPING, "send-parcel"),
                Participant.transaction(SHIPPING, "record-parcel"),
                Participant.says(SHIPPING, Topology.SHIPPING_EVENTS));
    }
}
