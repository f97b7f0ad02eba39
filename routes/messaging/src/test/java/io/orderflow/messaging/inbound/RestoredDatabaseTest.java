package io.orderflow.messaging.inbound;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.counter.CounterApp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A database that was restored to an earlier time, while its group's offsets stayed. */
class RestoredDatabaseTest {

    private final CounterApp.Place place = CounterApp.Place.fresh();
    private final Map<UUID, UUID> eventOf = new LinkedHashMap<>();

    @Test
    void whatItDoesNotKnowOfWhatTheGroupHasHandledIsCountedAndSaid() {
        try (var app = new CounterApp(place)) {
            handles(app, 40);
            var lines = lines();
            assertThat(app.get(RestoredDatabase.class).looked(INVENTORY)).isTrue();
            assertThat(missed(app)).as("its database knows all").isZero();

            // As many as the type of which a version before did nothing.
            var log = eventsOfOnePartition();
            forget(app, log.subList(0, 2));
            assertThat(app.get(RestoredDatabase.class).looked(INVENTORY)).isTrue();
            assertThat(missed(app)).as("what came after it is known").isZero();

            forget(app, log.subList(log.size() - 3, log.size()));
            assertThat(app.get(RestoredDatabase.class).looked(INVENTORY)).isTrue();
            assertThat(missed(app)).isEqualTo(3);
            assertThat(lines.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel().toString()).isEqualTo("ERROR");
                assertThat(line.getFormattedMessage())
                        .contains("the database does not know the last 3 events", "docs/leaving.md");
            });
        }
        try (var app = new CounterApp(place)) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(missed(app))
                    .as("it looks by itself when it starts")
                    .isEqualTo(3));
        }
    }

    @Test
    void aLookThatFailsIsMadeAgainAtThePositionsOfTheFirst() {
        try (var app = new CounterApp(place)) {
            handles(app, 40);
            var restored = app.get(RestoredDatabase.class);
            var log = eventsOfOnePartition();
            forget(app, log.subList(log.size() - 3, log.size()));
            assertThat(restored.looked(INVENTORY, Duration.ZERO))
                    .as("nothing is read")
                    .isFalse();

            handles(app, 40);
            assertThat(restored.looked(INVENTORY)).isTrue();
            assertThat(missed(app)).isEqualTo(3);
        }
    }

    private void handles(CounterApp app, int events) {
        var records = Stream.generate(UUID::randomUUID)
                .limit(events)
                .map(order -> {
                    eventOf.put(order, UUID.randomUUID());
                    return place.record(eventOf.get(order), CounterApp.created(order));
                })
                .toList();
        place.write("order_events", records);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(eventOf.keySet())
                .allSatisfy(order -> assertThat(app.effects(order)).hasSize(1)));
        await().atMost(Duration.ofSeconds(60)).until(() -> lag(app) == 0);
    }

    private static double lag(CounterApp app) {
        return app.get(MeterRegistry.class).find("kafka.consumer.lag").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    /** Their ids, in the order of the log. */
    private List<UUID> eventsOfOnePartition() {
        return place.read("order_events").stream()
                .filter(record -> record.partition() == 0)
                .map(record -> eventOf.get(UUID.fromString(new String(record.key(), StandardCharsets.UTF_8))))
                .toList();
    }

    private static void forget(CounterApp app, List<UUID> events) {
        app.jdbc().update("delete from inventory.inbox where event_id = any(?)", (Object) events.toArray(UUID[]::new));
    }

    private static double missed(CounterApp app) {
        return app.get(MeterRegistry.class)
                .get("inbox.missed")
                .tag("topic", "order_events")
                .counter()
                .count();
    }

    private static ListAppender<ILoggingEvent> lines() {
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        ((Logger) LoggerFactory.getLogger(RestoredDatabase.class)).addAppender(lines);
        return lines;
    }
}
