package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings each channel that a role hears together with the flow that handles it. */
final class Consumers {

    private final Backbones backbones;
    private final Topology topology;
    private final EventCodec codec;
    private final MessagingSettings settings;
    private final BackboneMetrics metrics;
    private final Map<String, Flow> flows = new ConcurrentHashMap<>();
    private final Map<String, Arrivals> arrivals = new ConcurrentHashMap<>();

    Consumers(
            Backbones backbones,
            Topology topology,
            EventCodec codec,
            MessagingSettings settings,
            BackboneMetrics metrics) {
        this.backbones = backbones;
        this.topology = topology;
        this.codec = codec;
        this.settings = settings;
        this.metrics = metrics;
    }

    Backbone backbone(Role role) {
        return backbones.of(role);
    }

    Collection<Backbone> backbones() {
        return backbones.all();
    }

    void add(String name, Flow flow) {
        flows.put(name, flow);
    }

    void remove(String name) {
        flows.remove(name);
        arrivals.remove(name);
    }

    /**
     * What handles a channel's events for a role.
     *
     * @throws Failures.Stopping if no flow for the channel is running
     */
    Arrivals arrivals(Role role, String topic) {
        Channel channel = topology.find(topic)
                .orElseThrow(() -> new IllegalStateException("topic: " + topic + " (expected: declared)"));
        return arrivals.computeIfAbsent(flowOf(role, channel), name -> {
            var flow = flows.get(name);
            if (flow == null) {
                throw new Failures.Stopping(name + ": no route from transaction:" + name + " is running");
            }
            return new Arrivals(
                    backbone(role), channel, new Decoder(codec, topology, channel, role), flow, settings, metrics);
        });
    }

    private static String flowOf(Role role, Channel channel) {
        return role + "." + channel.topic().replace('_', '-');
    }
}
