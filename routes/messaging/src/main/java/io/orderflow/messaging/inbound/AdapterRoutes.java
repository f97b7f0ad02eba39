package io.orderflow.messaging.inbound;

import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.relay.KafkaCluster;
import io.orderflow.messaging.watch.Counters;
import io.orderflow.messaging.watch.StoppedConsumers;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;

/**
 * One channel adapter for each channel that a role hears, written once for all of them: a polled batch is delivered to
 * the service's flow, then the offsets behind it are committed. Nothing else in the system names Kafka in a route.
 *
 * <p>The set-up is the one that loses nothing: batches, offsets committed by hand and never by the client, a failed
 * batch given back by joining the group again, errors of a poll tried again, and no record held across a poll that may
 * fail ({@link DrainingClients}).
 */
public final class AdapterRoutes extends RouteBuilder {

    /** The bean that makes the consumers. */
    public static final String CLIENTS = "drainingKafkaClients";

    /** The bean that lets no header in or out. */
    public static final String NO_HEADERS = "noHeaders";


    /** After every flow, so that no event arrives before somebody listens. */
    private static final int STARTS_AFTER_FLOWS = 100_000;

    private final Receivers receivers;
    private final Handling handling;
    private final Counters counters;
    private final StoppedConsumers stopped;
    private final KafkaCluster kafka;
    private final Polling polling;

    public AdapterRoutes(
            Receivers receivers,
            Handling handling,
            Counters counters,
            StoppedConsumers stopped,
            KafkaCluster kafka,
            Polling polling) {
        this.receivers = receivers;
        this.handling = handling;
        this.counters = counters;
        this.stopped = stopped;
        this.kafka = kafka;
        this.polling = polling;
    }

    @Override
    public void configure() {
        int order = STARTS_AFTER_FLOWS;
        for (var receiver : receivers.all()) {
            adapter(receiver, order++);
        }
    }

    private void adapter(IdempotentReceiver receiver, int order) {
        var role = receiver.role();
        var channel = receiver.channel();
        var id = EndpointName.hearing(role, channel).adapterRoute();
        var outages = receiver.backbone().outages();
        var arrivals = new Arrivals(receiver, handling, counters, stopped);
        from(records(role, channel)).routeId(id).startupOrder(order)
            .process(new DeliverBatch(arrivals, role, channel, outages)).id(id + ".deliver")
            .process(new CommitOffsets(role, channel, outages)).id(id + ".commit-offsets");
    }

    private String records(Role role, Channel channel) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("brokers", kafka.brokers());
        options.put("groupId", kafka.group(role));
        options.put("clientId", kafka.group(role) + "-" + channel.topic());
        options.put("batching", "true");
        options.put("allowManualCommit", "true");
        options.put("autoCommitEnable", "false");
        options.put("breakOnFirstError", "true");
        options.put("pollOnError", "RETRY");
        options.put("maxPollRecords", String.valueOf(polling.records()));
        options.put("pollTimeoutMs", "1000");
        options.put("batchingIntervalMs", "0");
        options.put("maxPollIntervalMs", String.valueOf(polling.longest().toMillis()));
        options.put("sessionTimeoutMs", "10000");
        options.put("heartbeatIntervalMs", "3000");
        // Where to begin and where to go on DrainingClients knows: the client would pass over what is gone in silence.
        options.put("autoOffsetReset", "none");
        options.put("isolationLevel", "read_committed");
        options.put("keyDeserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        options.put("valueDeserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        options.put("headerFilterStrategy", "#" + NO_HEADERS);
        options.put("kafkaClientFactory", "#" + CLIENTS);
        kafka.options().forEach((name, value) -> options.put("additionalProperties." + name, value));
        return "kafka:" + kafka.topic(channel.topic()) + "?"
            + options.entrySet().stream()
                .map(option -> option.getKey() + "=" + encoded(option.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** A leading # names a bean, and stays. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("%23", "#");
    }
}
