package io.orderflow.messaging.inbound;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.watch.StoppedConsumers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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

    /** Its topic has fewer partitions than its group has members, and it gets none of them. */
    @Test
    void aConsumerThatIsAssignedNothingIsNotStopped() {
        var stopped = new StoppedConsumers();
        stopped.stopped(INVENTORY, Topology.ORDER_EVENTS, Duration.ofHours(1));
        var told = new CountedPolls(null, stopped, place.cluster(), null);
        var settings = new Properties();
        settings.putAll(settings());
        settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
        place.write(CounterApp.created(UUID.randomUUID()));
        var members = Stream.generate(() -> new DrainingConsumer(settings, told))
                .limit(3)
                .toList();
        members.forEach(
                member -> member.subscribe(List.of(place.prefix() + "order_events"), new DrainedPollsTest.Unheard()));

        await().atMost(PATIENCE).until(() -> {
            members.forEach(member -> member.poll(Duration.ofMillis(100)));
            return !stopped.has(INVENTORY, Topology.ORDER_EVENTS);
        });
        assertThat(members.stream().filter(member -> member.assignment().isEmpty()))
                .isNotEmpty();
        members.forEach(DrainingConsumer::close);
    }

    private KafkaConsumer<byte[], byte[]> member() {
        return new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", place.broker().address(), "group.id", place.prefix() + INVENTORY);
    }

    private static boolean isStopped(CounterApp app) {
        return app.get(MeterRegistry.class).get("consumer.running").gauge().value() == 0;
    }
}
