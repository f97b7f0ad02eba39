package io.orderflow.messaging.relay;

import io.orderflow.contracts.Role;
import java.util.Map;

/**
 * Where Kafka is, and what our topics and groups are called there.
 *
 * @param brokers the bootstrap addresses, host:port separated by commas
 * @param prefix stands before every topic and consumer group, for several systems on one cluster; empty for none
 * @param options any other setting of the Kafka clients, by Kafka's own names
 */
public record KafkaCluster(String brokers, String prefix, Map<String, String> options) {

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
}
