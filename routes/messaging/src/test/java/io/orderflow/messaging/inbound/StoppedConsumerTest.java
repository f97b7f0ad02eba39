package io.orderflow.messaging.inbound;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.counter.CounterApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** What a consumer that has stopped itself does to others, and what it has come to. */
class StoppedConsumerTest {

    /** Less than the 150 s for which a member may be busy with one batch. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CounterApp.Place place = CounterApp.Place.fresh();

    /** Another instance's consumer of another channel joins: it has to wait for every member of the group. */
    @Test
    void aStoppedConsumerHoldsUpNoOtherChannelOfItsRole() {
        try (var app = new CounterApp(place, "orderflow.messaging.park-try-every=10m")) {
            place.write(
                    "order_events",
                    Stream.generate(() -> place.raw(UUID.randomUUID().toString(), "no event"))
                            .limit(60)
                            .toList());
            await().atMost(PATIENCE).until(() -> isStopped(app));
            int parked = app.get(Parking.class).list(INVENTORY, 100).size();
            try (var other = member()) {
                other.subscribe(List.of(place.prefix() + "payment_events"));
                await().atMost(PATIENCE).until(() -> {
                    other.poll(Duration.ofMillis(100));
                    return !other.assignment().isEmpty();
                });
            }
            assertThat(isStopped(app)).isTrue();
            assertThat(app.get(Parking.class).list(INVENTORY, 100)).hasSize(parked);
        }
    }

    private KafkaConsumer<byte[], byte[]> member() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", place.broker().address(), "group.id", place.prefix() + INVENTORY),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static boolean isStopped(CounterApp app) {
        return app.get(MeterRegistry.class).get("consumer.running").gauge().value() == 0;
    }
}
