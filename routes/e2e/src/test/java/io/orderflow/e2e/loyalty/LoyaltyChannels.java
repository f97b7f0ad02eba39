package io.orderflow.e2e.loyalty;

import static io.orderflow.contracts.Topology.ORDERFLOW;
import static io.orderflow.contracts.Topology.ORDER_EVENTS;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;

/** The declaration: who loyalty is, what it hears and what it says. */
record LoyaltyChannels(String orderEvents, String loyaltyEvents) {

    static final Role LOYALTY = new Role("loyalty");

    static final Channel LOYALTY_EVENTS =
            Channel.named("loyalty_events").writtenBy(LOYALTY).carrying(PointsGranted.class);

    static final Topology TOPOLOGY = ORDERFLOW
            .with(ORDER_EVENTS, channel -> channel.readBy(LOYALTY, OrderConfirmed.class))
            .with(LOYALTY_EVENTS);

    static LoyaltyChannels declared() {
        return new LoyaltyChannels(
                Participant.hears(LOYALTY, TOPOLOGY.find(ORDER_EVENTS.topic()).orElseThrow()),
                Participant.says(LOYALTY, LOYALTY_EVENTS));
    }
}
