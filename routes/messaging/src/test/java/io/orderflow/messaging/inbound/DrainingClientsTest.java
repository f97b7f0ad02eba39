package io.orderflow.messaging.inbound;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.messaging.counter.CounterApp.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Event;
import io.orderflow.messaging.assembly.Roles;
import io.orderflow.messaging.counter.CounterApp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a consumer does when the broker gives nothing, or has nothing left of what it should give. */
class DrainingClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CounterApp.Place place = CounterApp.Place.fresh();

    @Test
    void thePollAfterOneThatReturnedRecordsDoesNotAskTheBroker() {
        var partition = new TopicPartition("any", 0);
        var record = new ConsumerRecord<>("any", 0, 0, new byte[0], new byte[0]);
        var records =
                new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of(partition, new OffsetAndMetadata(1)));
        var fetched = new ArrayDeque<>(List.of(records, records));
        var settings = new Properties();
        settings.put("bootstrap.servers", place.broker().address());
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        try (var consumer = new DrainingConsumer(settings) {
            @Override
            ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
                return fetched.remove();
            }
        }) {
            assertThat(consumer.poll(Duration.ZERO)).hasSize(1);
            assertThat(consumer.poll(Duration.ZERO)).isEmpty();
            assertThat(consumer.poll(Duration.ZERO)).hasSize(1);
        }
    }

    /** A member with another way to share partitions is in the group, so that each poll fails at once. */
    @Test
    void aPollThatFailsAtOnceIsMadeAgainAfterAPauseAndSaidOnce() {
        var lines = new ConcurrentLinkedQueue<ILoggingEvent>();
        try (var foreign = foreign()) {
            foreign.subscribe(List.of(place.prefix() + "order_events"));
            await().atMost(PATIENCE).until(() -> {
                foreign.poll(Duration.ofMillis(100));
                return !foreign.assignment().isEmpty();
            });
            try (var app = new CounterApp(place)) {
                // Its start has set up the log anew, so the first line may be missed.
                listen(lines);
                await().atMost(PATIENCE).until(() -> {
                    foreign.poll(Duration.ofMillis(100));
                    return failures(app) >= 6;
                });
                assertThat(failures(app)).isLessThan(100);
                foreign.unsubscribe();
                var order = UUID.randomUUID();
                place.write(created(order));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(app.effects(order)).hasSize(1));
            }
        }
        assertThat(lines.stream()
                        .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                        .filter(line -> line.getLoggerName().startsWith("io.orderflow")
                                || line.getLoggerName().startsWith("org.apache.camel"))
                        .filter(line -> line.getFormattedMessage().contains("poll")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatIsGoneBeforeItWasHandledIsCounted() throws Exception {
        try (var app = new CounterApp(place)) {
            var handled = UUID.randomUUID();
            place.write(created(handled));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(app.effects(handled)).hasSize(1));
            app.get(Roles.class).stop(INVENTORY);
            place.write(
                    Stream.generate(() -> created(UUID.randomUUID())).limit(20).toArray(Event[]::new));
            place.forgetRecords();
            app.get(Roles.class).start(INVENTORY);
            var order = UUID.randomUUID();
            place.write(created(order));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(app.effects(order)).hasSize(1));
            assertThat(missed(app)).isEqualTo(20);
        }
        try (var again = new CounterApp(place)) {
            // So many that each partition has one, whose position was looked at before.
            var orders = Stream.generate(UUID::randomUUID).limit(20).toList();
            place.write(orders.stream().map(CounterApp::created).toArray(Event[]::new));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(orders)
                    .allSatisfy(order -> assertThat(again.effects(order)).hasSize(1)));
            assertThat(missed(again)).as("it is known once").isZero();
        }
    }

    /** It has grown past where the group had come, so that no position is out of range. */
    @Test
    void aTopicThatWasMadeAnewMeanwhileIsReadFromItsStartAndCounted() throws Exception {
        var before = Stream.generate(UUID::randomUUID).limit(20).toList();
        try (var app = new CounterApp(place)) {
            place.write(before.stream().map(CounterApp::created).toArray(Event[]::new));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(before)
                    .allSatisfy(order -> assertThat(app.effects(order)).hasSize(1)));
        }
        makeAnew("order_events");
        var after = Stream.generate(UUID::randomUUID).limit(100).toList();
        place.write(after.stream().map(CounterApp::created).toArray(Event[]::new));
        try (var app = new CounterApp(place)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(after)
                    .allSatisfy(order -> assertThat(app.effects(order)).hasSize(1)));
            assertThat(missed(app)).as("one for each partition").isEqualTo(2);
        }
        try (var app = new CounterApp(place)) {
            var order = UUID.randomUUID();
            place.write(created(order));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(app.effects(order)).hasSize(1));
            assertThat(missed(app)).as("it is known once").isZero();
        }
    }

    /** Its group's positions survive it, as when their broker was away at that moment. */
    private void makeAnew(String topic) throws Exception {
        var name = place.prefix() + topic;
        var group = place.prefix() + "inventory";
        try (var admin = Admin.create(Map.of("bootstrap.servers", place.broker().address()))) {
            var positions = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            assertThat(positions).hasSize(2);
            admin.deleteTopics(List.of(name)).all().get();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(name, 2, (short) 1)))
                        .all()
                        .get();
                return true;
            });
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.alterConsumerGroupOffsets(group, positions).all().get();
                return true;
            });
        }
    }

    private static double failures(CounterApp app) {
        return app.get(MeterRegistry.class)
                .get("consumer.poll.failures")
                .tag("topic", "order_events")
                .counter()
                .count();
    }

    private static double missed(CounterApp app) {
        return app.get(MeterRegistry.class)
                .get("inbox.missed")
                .tag("topic", "order_events")
                .counter()
                .count();
    }

    private KafkaConsumer<byte[], byte[]> foreign() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", place.broker().address());
        settings.put("group.id", place.prefix() + "inventory");
        settings.put("partition.assignment.strategy", RoundRobinAssignor.class.getName());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void listen(Queue<ILoggingEvent> lines) {
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent line) {
                lines.add(line);
            }
        };
        appender.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
    }
}
