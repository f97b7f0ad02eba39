package io.orderflow.messaging.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Lags;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.fixture.FailingJdbc;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an operator sees is what the database and the broker know, and never what they knew once. */
class GaugesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aConsumerThatStopsIsSeenAndSoIsWhatItLeavesUnheard() {
        try (var app = new CounterApp(CounterApp.Place.fresh(), "orderflow.messaging.park-least=10")) {
            var good = UUID.randomUUID();
            app.place.write(CounterApp.created(good));
            await().atMost(PATIENCE).until(() -> app.effects(good).size() == 1);
            assertThat(gauge(app, "consumer.running")).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> lag(app) == 0);

            IntStream.range(0, 20).forEach(i -> {
                var bad = UUID.randomUUID();
                app.counter().poison.add(bad);
                app.place.write(CounterApp.created(bad));
            });

            await().atMost(PATIENCE).until(() -> gauge(app, "consumer.running") == 0);
            await().atMost(PATIENCE).until(() -> lag(app) > 0);
            await().atMost(PATIENCE).until(() -> lag(app) == told(app));
            double parked = app.count("select count(*) from inventory.parked where reason = 'FAILED'");
            assertThat(parked).isPositive();
            await().atMost(PATIENCE).until(() -> parkedFailed(app) == parked);
            assertThat(meters(app)
                            .get("inbox.parked")
                            .tag("reason", "failed")
                            .counter()
                            .count())
                    .isEqualTo(parked);
        }
    }

    @Test
    void whatNobodyAnswersIsNoFigure() {
        try (var postgres = Postgres.temporary();
                var app = new CounterApp(CounterApp.Place.on(Broker.shared(), postgres))) {
            await().atMost(PATIENCE).until(() -> gauge(app, "outbox.pending") == 0 && workPending(app) == 0);
            assertThat(databaseAge(app)).isLessThan(10);

            postgres.stop();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(gauge(app, "outbox.pending"))
                    .isNaN());
            assertThat(workPending(app)).isNaN();
            assertThat(parkedFailed(app)).isNaN();
            await().atMost(PATIENCE).until(() -> databaseAge(app) > 3);

            postgres.start();

            await().atMost(PATIENCE).until(() -> gauge(app, "outbox.pending") == 0 && workPending(app) == 0);
            assertThat(databaseAge(app)).isLessThan(3);
        }
    }

    /** Who decides by figures, as the intake does, would decide by the last ones for ever. */
    @Test
    void figuresAreReadAgainAfterAnError() {
        try (var app = new CounterApp(CounterApp.Place.fresh(), List.of(FailingJdbc.Module.class))) {
            await().atMost(PATIENCE).until(() -> workPending(app) == 0);
            app.get(FailingJdbc.class).failOnce("as watched (channel)");
            await().atMost(PATIENCE).until(() -> Double.isNaN(workPending(app)));

            await().atMost(PATIENCE).until(() -> workPending(app) == 0);
        }
    }

    private static MeterRegistry meters(CounterApp app) {
        return app.get(MeterRegistry.class);
    }

    private static double gauge(CounterApp app, String name) {
        return value(meters(app).find(name).gauges());
    }

    private static double lag(CounterApp app) {
        return value(meters(app).find("kafka.consumer.lag").gauges());
    }

    /** What operators are told over all topics. */
    private static double told(CounterApp app) {
        return app.get(Lags.class).of(Role.INVENTORY).orElseThrow().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static double workPending(CounterApp app) {
        return value(meters(app).find("work.pending").tag("queue", "ask").gauges());
    }

    private static double parkedFailed(CounterApp app) {
        return value(meters(app).find("parked.events").tag("reason", "failed").gauges());
    }

    private static double databaseAge(CounterApp app) {
        return value(meters(app)
                .find("figures.age.seconds")
                .tag("source", "database")
                .gauges());
    }

    /** The sum of a gauge's series; not a number where there is none. */
    private static double value(Collection<Gauge> gauges) {
        return gauges.isEmpty()
                ? Double.NaN
                : gauges.stream().mapToDouble(Gauge::value).sum();
    }
}
