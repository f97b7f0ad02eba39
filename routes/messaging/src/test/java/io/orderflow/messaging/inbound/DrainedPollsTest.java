package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.counter.CounterApp;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Where a consumer says that it has come to: never past a batch that took no effect. */
class DrainedPollsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TURN = Duration.ofMillis(100);

    private final CounterApp.Place place = CounterApp.Place.fresh();

    /** The end of a transaction is no record, and takes an offset behind the last one. */
    @Test
    void theEndOfATransactionIsPassedOnlyAfterItsRecordsWereHandled() {
        var topic = place.prefix() + "order_events";
        place.writeInOneTransaction(CounterApp.created(UUID.randomUUID()));
        try (var consumer = new DrainingClients().getConsumer(settings())) {
            consumer.subscribe(List.of(topic));
            var partition = polled(consumer);
            long record = consumer.position(partition) - 2;

            // Camel hands the batch over in this poll. It fails, and one that stops polls once more.
            consumer.poll(TURN);
            consumer.poll(TURN);
            assertThat(consumer.committed(Set.of(partition)).get(partition)).isNull();

            consumer.seek(partition, record);
            assertThat(polled(consumer)).isEqualTo(partition);
            consumer.poll(TURN);
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record + 1)), PATIENCE);
            consumer.poll(TURN);
            assertThat(consumer.committed(Set.of(partition)).get(partition).offset())
                    .isEqualTo(record + 2);
        }
    }

    @Test
    void whatWasTakenBackIsNotPassedAndComesAgain() {
        var topic = place.prefix() + "order_events";
        var order = UUID.randomUUID();
        place.writeInOneTransaction(CounterApp.created(order), CounterApp.confirmed(order));
        try (var consumer = new DrainingConsumer(settings())) {
            consumer.subscribe(List.of(topic));
            var partition = polled(consumer);
            long second = consumer.position(partition) - 2;
            consumer.poll(TURN);

            consumer.takeBack(Map.of(partition, second), System.nanoTime() + TURN.toNanos());
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(second)), PATIENCE);

            var again = await().atMost(PATIENCE).until(() -> consumer.poll(TURN), records -> !records.isEmpty());
            assertThat(again).extracting(record -> record.offset()).containsExactly(second);
            assertThat(consumer.committed(Set.of(partition)).get(partition).offset())
                    .isEqualTo(second);
        }
    }

    /** It does not poll meanwhile, so that it is assigned nothing anew. */
    @Test
    void aTopicThatIsMadeAnewUnderItsReaderIsNamedByWhatItCommits() throws Exception {
        var topic = place.prefix() + "order_events";
        var order = UUID.randomUUID();
        place.write(CounterApp.created(order), CounterApp.confirmed(order), CounterApp.cancelled(order));
        var settings = settings();
        settings.put("auto.offset.reset", "none");
        try (var consumer = new DrainingConsumer(settings);
                var admin =
                        Admin.create(Map.of("bootstrap.servers", place.broker().address()))) {
            consumer.subscribe(List.of(topic), new Unheard());
            polled(consumer);
            consumer.poll(TURN);
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                        .all()
                        .get();
                return true;
            });
            place.write(CounterApp.created(order));

            var partition = polled(consumer);
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)), PATIENCE);

            var log = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            assertThat(consumer.committed(Set.of(partition)).get(partition).metadata())
                    .isEqualTo("log:" + log.topicId());
        }
    }

    /** Nobody wants to hear who reads what. */
    static final class Unheard implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }

    private static TopicPartition polled(Consumer<byte[], byte[]> consumer) {
        return await().atMost(PATIENCE)
                .until(() -> consumer.poll(TURN).partitions(), partitions -> !partitions.isEmpty())
                .iterator()
                .next();
    }

    private Properties settings() {
        var settings = new Properties();
        settings.put("bootstrap.servers", place.broker().address());
        settings.put("group.id", place.prefix() + "draining");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", "read_committed");
        settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
        return settings;
    }
}
