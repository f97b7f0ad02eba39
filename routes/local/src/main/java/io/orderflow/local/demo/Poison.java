package io.orderflow.local.demo;

import io.orderflow.contracts.Topology;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A stranger who writes on the topic of orders what is no event. */
final class Poison {

    private static final List<String> WRITTEN = List.of("no event", "{\"event_type\":\"OrderCreated\"", "\u0000\u0001");

    private Poison() {}

    /** Writes some, each under a key of its own, and says how many. */
    static int write(String brokers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (var text : WRITTEN) {
                producer.send(new ProducerRecord<>(
                        Topology.ORDER_EVENTS.topic(),
                        UUID.randomUUID().toString(),
                        text.getBytes(StandardCharsets.UTF_8)));
            }
            producer.flush();
        }
        return WRITTEN.size();
    }
}
