package io.orderflow.messaging.inbound;

import static io.orderflow.messaging.counter.CounterApp.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.counter.CounterApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * A service that begins with what comes after its installation hears nothing from before, and all that comes, whoever
 * dies.
 */
class BeginningsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FROM_NOW_ON = "counter.begins-with-what-comes=true";

    private final CounterApp.Place place = CounterApp.Place.fresh();
    private final UUID before = UUID.randomUUID();
    private final UUID first = UUID.randomUUID();
    private final UUID later = UUID.randomUUID();

    @Test
    void whatWasThereIsNotHandledAndTheFirstThatComesIs() {
        place.write(created(before));
        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            awaitNote(app);
            place.write(created(first));

            awaitEffect(app, first);
            assertThat(app.effects(before)).isEmpty();
        }
    }

    @Test
    void whatComesIsHandledByTheNextIfTheFirstDiesBeforeItCommitsAnOffset() throws Exception {
        place.write(created(before));
        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            awaitNote(app);
        }
        forgetOffsets();
        place.write(created(first));

        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            place.write(created(later));

            awaitEffect(app, first);
            awaitEffect(app, later);
            assertThat(app.effects(before)).isEmpty();
        }
    }

    @Test
    void aPartitionThatIsAddedLaterIsReadFromItsFirstRecord() throws Exception {
        place.write(created(before));
        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            awaitNote(app);
        }
        var topic = place.prefix() + "order_events";
        try (var admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }
        var record = place.record(created(first));
        place.write("order_events", List.of(new ProducerRecord<>(topic, 2, record.key(), record.value())));

        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            awaitEffect(app, first);
            assertThat(app.effects(before)).isEmpty();
        }
    }

    @Test
    void whatWasThereDoesNotCountAsWaiting() throws Exception {
        place.write(created(before));
        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            awaitNote(app);
            try (var admin = admin()) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(admin.listConsumerGroupOffsets(group())
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .values())
                        .extracting(offset -> offset.offset())
                        .containsExactlyInAnyOrder(0L, 1L));
            }
        }
    }

    @Test
    void whatWasThereIsNotHandledWhenALogHasBecomeShorterThanWhatWasCommitted() throws Exception {
        place.write(created(before));
        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            awaitNote(app);
        }
        commitPastTheEnd();
        place.write(created(first));

        try (var app = new CounterApp(place, FROM_NOW_ON)) {
            place.write(created(later));

            awaitEffect(app, first);
            awaitEffect(app, later);
            assertThat(app.effects(before)).isEmpty();
        }
    }

    private static void awaitNote(CounterApp app) {
        await().atMost(PATIENCE).until(() -> app.count("select count(*) from inventory.beginning") == 2);
    }

    private static void awaitEffect(CounterApp app, UUID order) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(app.effects(order)).hasSize(1));
    }

    /** As a process leaves them that dies before its first commit, and as the broker does after a week. */
    private void forgetOffsets() throws Exception {
        try (var admin = admin()) {
            admin.deleteConsumerGroups(List.of(group())).all().get();
            assertThat(admin.listConsumerGroupOffsets(group())
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .isEmpty();
        }
    }

    /** As it looks after a broker has come back with less than it had. */
    private void commitPastTheEnd() throws Exception {
        var topic = place.prefix() + "order_events";
        var past = new OffsetAndMetadata(1_000);
        try (var admin = admin()) {
            admin.alterConsumerGroupOffsets(
                            group(), Map.of(new TopicPartition(topic, 0), past, new TopicPartition(topic, 1), past))
                    .all()
                    .get();
        }
    }

    private String group() {
        return place.prefix() + "inventory";
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", place.broker().address()));
    }
}
