package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.flow.Flows;
import io.orderflow.messaging.tables.EventCodec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A receiver for each channel that a role of this process hears. */
public final class Receivers {

    private final Map<EndpointName, IdempotentReceiver> receivers = new LinkedHashMap<>();
    private final Topology topology;

    public Receivers(Backbones backbones, Topology topology, EventCodec codec, Flows flows) {
        this.topology = topology;
        for (var backbone : backbones.all()) {
            for (var channel : topology.readBy(backbone.role())) {
                var decoder = new Decoder(codec, topology, channel, backbone.role());
                receivers.put(
                        EndpointName.hearing(backbone.role(), channel),
                        new IdempotentReceiver(backbone, channel, decoder, flows));
            }
        }
    }

    /** All of them, each role's in the order of the declaration. */
    Collection<IdempotentReceiver> all() {
        return receivers.values();
    }

    /** The topics that a role hears. */
    List<String> topics(Role role) {
        return topology.readBy(role).stream().map(Channel::topic).toList();
    }

    /**
     * What handles a topic's events for a role.
     *
     * @throws IllegalStateException if the role does not hear it
     */
    IdempotentReceiver of(Role role, String topic) {
        return topology.find(topic)
                .map(channel -> receivers.get(EndpointName.hearing(role, channel)))
                .orElseThrow(() -> new IllegalStateException(
                        "topic: " + topic + " (expected: declared, and heard by " + role + ")"));
    }

    /** Whether what is on a topic can be erased; so it is where nobody knows the topic any more. */
    boolean areErasable(Role role, String topic) {
        return topology.find(topic)
                .map(channel -> receivers.get(EndpointName.hearing(role, channel)))
                .map(receiver -> receiver.channel().compacted())
                .orElse(true);
    }
}
