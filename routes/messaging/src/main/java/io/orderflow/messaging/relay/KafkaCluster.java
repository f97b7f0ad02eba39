package io.orderflow.messaging.relay;

import io.orderflow.contracts.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where Kafka is, and what our topics and groups are called there.
 *
 * @param brokers the bootstrap addresses, host:port separated by commas
 * @param prefix stands before every topic and consumer group, for several systems on one cluster; empty for none
 * @param options any other setting of the Kafka clients, by Kafka's own names
 */
public record KafkaCluster(String brokers, String prefix, Map<String, String> options) {

    /** How long the broker may take to acknowledge what it was sent, before it is sent again. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    /** A declared topic's name there. */
    public String topic(String declared) {
        return prefix + declared;
    }

    /** The declared name of a topic there. */
    public String declared(String topic) {
        return topic.substring(prefix.length());
    }

    /** The consumer group of a role. */
    public String group(Role role) {
        return prefix + role;
    }

    /** The idempotent producer of a role's relay. */
    public Producer<byte[], byte[]> relayProducer(Role role) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", brokers);
        settings.put("client.id", group(role) + "-relay");
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("linger.ms", "2");
        settings.put("batch.size", "131072");
        settings.put("delivery.timeout.ms", "30000");
        settings.put("request.timeout.ms", String.valueOf(LONGEST_ANSWER.toMillis()));
        settings.put("max.block.ms", "2000");
        settings.putAll(options);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Asks the brokers about topics and groups, with patience of seconds. */
    public Admin admin() {
        Map<String, Object> settings = new HashMap<>(options);
        settings.put("bootstrap.servers", brokers);
        return admin(settings, Duration.ofSeconds(10));
    }

    /**
     * Asks the brokers as long as it may, a single request for five seconds.
     *
     * @param client a Kafka client's settings, which say how the brokers are reached
     */
    public static Admin admin(Map<?, ?> client, Duration longest) {
        Map<String, Object> settings = new HashMap<>();
        client.forEach((name, value) -> settings.put(name.toString(), value));
        settings.put("default.api.timeout.ms", String.valueOf(longest.toMillis()));
        settings.put("request.timeout.ms", "5000");
        return Admin.create(settings);
    }
}
