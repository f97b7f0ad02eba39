package io.orderflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Topology;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class BrokerTest {

    @Test
    void keepsItsRecordsWhenItIsStoppedAndStartedAgain() throws Exception {
        try (var broker = Broker.temporary()) {
            broker.createTopics(Topology.ORDERFLOW, "", 1);
            try (var producer = new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("order_events", "key", "value"))
                        .get();
            }

            broker.stop();
            broker.start();

            try (var consumer =
                    new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
                var partition = Set.of(new TopicPartition("order_events", 0));
                consumer.assign(partition);
                consumer.seekToBeginning(partition);
                assertThat(consumer.poll(Duration.ofSeconds(20))).hasSize(1);
            }
        }
    }

    @Test
    void makesTheDeclaredTopicsAndNoOthers() throws Exception {
        var broker = Broker.shared();
        broker.createTopics(Topology.ORDERFLOW, "some-", 2);
        broker.createTopics(Topology.ORDERFLOW, "some-", 2);

        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            assertThat(admin.listTopics().names().get())
                    .filteredOn(name -> name.startsWith("some-"))
                    .containsExactlyInAnyOrderElementsOf(Topology.ORDERFLOW.channels().stream()
                            .map(channel -> "some-" + channel)
                            .toList())
                    .contains("some-order_events", "some-dead_letters");
        }
    }

    /** As on a cluster: what is kept for how long no writer's clock decides. */
    @Test
    void noWritersClockDatesARecord() throws Exception {
        var broker = Broker.shared();
        broker.createTopics(Topology.ORDERFLOW, "dated-", 1);
        try (var producer = new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("dated-order_events", 0, 0L, "key", "value"))
                    .get();
        }
        try (var consumer = new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
            var partition = Set.of(new TopicPartition("dated-order_events", 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            assertThat(consumer.poll(Duration.ofSeconds(20)))
                    .hasSize(1)
                    .allMatch(record ->
                            record.timestampType() == TimestampType.LOG_APPEND_TIME && record.timestamp() > 0);
        }
    }

    private static Properties client(Broker broker) {
        var properties = new Properties();
        properties.put("bootstrap.servers", broker.address());
        return properties;
    }
}
