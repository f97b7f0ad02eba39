package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;

/**
 * One channel adapter for each channel that a role hears, written once for all of them: a polled batch is delivered to the service's flow, then the offsets behind
 * it are committed. Nothing else in the system names Kafka in a route.
 *
 * <p>The set-up is the one that loses nothing: batches, offsets committed by hand and never by the client, a failed batch given back by joining the group again, errors of a
 * poll tried again, and no record held across a poll that may fail ({@link DrainingClients}).
 */
final class AdapterRoutes extends RouteBuilder {

    /** After every flow, so that no event arrives before somebody listens. */
    private static final int STARTS_AFTER_FLOWS = 100_000;

    private final Backbones backbones;
    private final Topology topology;
    private final Consumers consumers;
    private final MessagingSettings settings;

    AdapterRoutes(Backbones backbones, Topology topology, Consumers consumers, MessagingSettings settings) {
        this.backbones = backbones;
        this.topology = topology;
        this.consumers = consumers;
        this.settings = settings;
    }

    @Override
    public void configure() {
        int order = STARTS_AFTER_FLOWS;
        for (var backbone : backbones.all()) {
            for (var channel : topology.readBy(backbone.role())) {
                adapter(backbone, channel, order++);
            }
        }
    }

    private void adapter(Backbone backbone, Channel channel, int order) {
        var role = backbone.role();
        from(records(backbone, channel)).routeId(routeId(role, channel)).startupOrder(order)
            .process(new DeliverBatch(consumers, role, channel, settings)).id(routeId(role, channel) + ".deliver")
            .process(new CommitOffsets(role, channel)).id(routeId(role, channel) + ".commit-offsets");
    }

    static String routeId(Role role, Channel channel) {
        return role + "." + channel.topic().replace('_', '-') + ".adapter";
    }

    private String records(Backbone backbone, Channel channel) {
        var role = backbone.role();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("brokers", settings.brokers());
        options.put("groupId", settings.prefix() + role);
        options.put("clientId", settings.prefix() + role + "-" + channel.topic());
        options.put("batching", "true");
        options.put("allowManualCommit", "true");
        options.put("autoCommitEnable", "false");
        options.put("breakOnFirstError", "true");
        options.put("pollOnError", "RETRY");
        options.put("maxPollRecords", String.valueOf(settings.pollRecords()));
        options.put("pollTimeoutMs", "1000");
        options.put("batchingIntervalMs", "0");
        options.put("maxPollIntervalMs", String.valueOf(settings.maxPollInterval().toMillis()));
        options.put("sessionTimeoutMs", "10000");
        options.put("heartbeatIntervalMs", "3000");
        // Without an offset: all that is there, or what DrainingClients knows.
        options.put("autoOffsetReset", backbone.service().beginsWithWhatComes() ? "none" : "earliest");
        options.put("isolationLevel", "read_committed");
        options.put("keyDeserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        options.put("valueDeserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        options.put("headerFilterStrategy", "#" + MessagingModule.NO_HEADERS);
        options.put("kafkaClientFactory", "#" + MessagingModule.CLIENTS);
        settings.kafka().forEach((name, value) -> options.put("additionalProperties." + name, value));
        return "kafka:" + settings.topic(channel.topic()) + "?"
            + options.entrySet().stream()
                .map(option -> option.getKey() + "=" + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8).replace("%23", "#"))
                .collect(Collectors.joining("&"));
    }
}
