package io.orderflow.messaging.inbound;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.assembly.Roles;
import io.orderflow.messaging.counter.Counter;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.watch.KafkaProgress;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.StatefulService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;

/** What is away comes back, and every event has had its effect exactly once. */
class OutageTest {

    @Test
    void aPollThatFailsWithAnAuthenticationErrorLosesAndRepeatsNothing() {
        var place = CounterApp.Place.fresh();
        try (var app = new CounterApp(place, List.of(UnreliableClients.Module.class))) {
            var failing = app.get(UnreliableClients.class);
            for (int round = 0; round < 5; round++) {
                var orders = orders(20);
                failing.fail(1);
                write(place, orders);
                await().atMost(Duration.ofSeconds(30)).until(() -> failing.left() == 0);
                await().atMost(Duration.ofSeconds(30)).until(() -> effective(app, orders));
            }

            assertThat(app.count("select count(*) from inventory.effect")).isEqualTo(100);
            assertThat(app.get(Parking.class).list(INVENTORY, 10)).isEmpty();
        }
    }

    @Test
    void theDatabaseMayGoAwayUnderLoad() {
        try (var postgres = Postgres.temporary()) {
            var place = CounterApp.Place.on(Broker.shared(), postgres);
            try (var app = new CounterApp(place)) {
                var before = orders(50);
                write(place, before);
                await().until(() -> effective(app, before));

                postgres.kill();
                var meanwhile = orders(50);
                write(place, meanwhile);
                postgres.start();

                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> effective(app, meanwhile));
                assertThat(app.count("select count(*) from inventory.effect")).isEqualTo(100);
                assertThat(app.get(Parking.class).list(INVENTORY, 10)).isEmpty();
            }
        }
    }

    @Test
    void aDatabaseThatTakesNoWritesIsWaitedFor() {
        var place = CounterApp.Place.fresh();
        try (var app = new CounterApp(place)) {
            var order = UUID.randomUUID();
            readOnly(app, true);
            place.write(CounterApp.created(order));
            await().until(() -> app.get(MeterRegistry.class).find("inbox.waits").counter() != null);
            readOnly(app, false);

            await().until(() -> effective(app, List.of(order)));
            assertThat(app.get(Parking.class).list(INVENTORY, 10)).isEmpty();
        }
    }

    @Test
    void aBatchThatIsGivenBackComesAgainBeforeWhatFollowsIt() {
        var place = CounterApp.Place.fresh();
        try (var app = new CounterApp(place, "orderflow.messaging.max-poll-interval=10s")) {
            var order = UUID.randomUUID();
            app.counter().away.set(Counter.lostConnection());
            place.writeInOneTransaction(CounterApp.created(order));
            // Five seconds of patience are over after nine attempts at most; those that follow are at the batch that
            // came again.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> app.get(MeterRegistry.class).find("inbox.waits").counters().stream()
                                    .mapToDouble(waits -> waits.count())
                                    .sum()
                            > 10);
            app.counter().away.set(null);
            place.write(CounterApp.confirmed(order));

            await().until(() -> app.effects(order).contains("OrderConfirmed"));
            assertThat(app.effects(order)).startsWith("OrderCreated", "OrderConfirmed");
        }
    }

    @Test
    void aBatchThatAStopInterruptsComesAgainBeforeWhatFollowsIt() throws Exception {
        var place = CounterApp.Place.fresh();
        try (var app = new CounterApp(place)) {
            var order = UUID.randomUUID();
            app.counter().away.set(Counter.lostConnection());
            place.writeInOneTransaction(CounterApp.created(order));
            await().until(() -> app.get(MeterRegistry.class).find("inbox.waits").counter() != null);
            app.get(Roles.class).stop(INVENTORY);
            app.counter().away.set(null);
            app.get(Roles.class).start(INVENTORY);
            place.write(CounterApp.confirmed(order));

            await().until(() -> app.effects(order).contains("OrderConfirmed"));
            assertThat(app.effects(order)).startsWith("OrderCreated", "OrderConfirmed");
        }
    }

    /** Sessions keep what they began with, so the pool's begin again; those that may only read stay in it. */
    private static void readOnly(CounterApp app, boolean readOnly) {
        var database = app.jdbc().queryForObject("select current_database()", String.class);
        try (var owner = Postgres.shared().connect("postgres");
                var statement = owner.createStatement()) {
            statement.execute("alter database %s set default_transaction_read_only = %s".formatted(database, readOnly));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (readOnly) {
            app.get(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        }
    }

    @Test
    void theBrokerMayGoAwayAndComeBack() {
        try (var broker = Broker.temporary()) {
            var place = CounterApp.Place.on(broker, Postgres.shared());
            try (var app = new CounterApp(place);
                    var progress = impatient(app)) {
                var before = orders(50);
                write(place, before);
                await().until(() -> effective(app, before));
                await().until(() -> progress.caughtUpTo(INVENTORY).isPresent());
                await().until(() -> progress.relayBehindUntil(INVENTORY).isAfter(Instant.EPOCH));
                await().until(() -> app.count("select count(*) from inventory.outbox") == 0);
                var behind = progress.relayBehindUntil(INVENTORY);

                broker.stop();
                assertThat(progress.caughtUpTo(INVENTORY)).isEmpty();
                // The sweeper's lease becomes nobody's.
                await().until(() ->
                        app.count("select count(*) from inventory.lease where name = 'sweeper' and until < now()")
                                == 1);
                assertThat(progress.relayBehindUntil(INVENTORY))
                        .as("who is cut off says nothing of others")
                        .isEqualTo(behind);
                broker.start();
                var back = CounterApp.now();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> progress.relayBehindUntil(INVENTORY).isAfter(back));
                var after = orders(50);
                write(place, after);

                await().atMost(Duration.ofSeconds(60)).until(() -> effective(app, after));
                assertThat(app.count("select count(*) from inventory.effect")).isEqualTo(100);
            }
        }
    }

    @Test
    void offsetsSetBackToTheBeginningHaveNoNewEffect() throws Exception {
        var place = CounterApp.Place.fresh();
        var orders = orders(100);
        try (var app = new CounterApp(place)) {
            write(place, orders);
            await().until(() -> effective(app, orders));
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", place.broker().address()))) {
            var beginning = Stream.of(0, 1)
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(place.prefix() + "order_events", partition),
                            partition -> new OffsetAndMetadata(0)));
            admin.alterConsumerGroupOffsets(place.prefix() + "inventory", beginning)
                    .all()
                    .get();
        }

        try (var app = new CounterApp(place)) {
            var last = orders(20);
            write(place, last);
            await().until(() -> effective(app, last));
            assertThat(app.count("select count(*) from inventory.effect")).isEqualTo(120);
        }
    }

    @Test
    void aBadDeploymentStopsTheConsumerInsteadOfParkingEverything() {
        var place = CounterApp.Place.fresh();
        try (var app =
                new CounterApp(place, "orderflow.messaging.park-try-every=2s", "orderflow.messaging.attempts=1")) {
            var orders = orders(100);
            app.counter().away.set(new IllegalStateException("a bug"));
            write(place, orders);

            await().until(() -> isStopped(app));
            assertThat(app.get(Parking.class).list(INVENTORY, 100)).hasSizeLessThan(30);
            app.counter().away.set(null);

            await().until(() -> !isStopped(app));
            await().until(() -> handledOrParked(app) == 100);
            app.get(Parking.class).list(INVENTORY, 100).forEach(parked -> app.get(Parking.class)
                    .release(INVENTORY, parked.id()));
            await().until(() -> effective(app, orders));
            assertThat(app.count("select count(*) from inventory.effect")).isEqualTo(100);
        }
    }

    /** None of it can be read, and it is all that comes for a while. */
    @Test
    void aStoppedConsumerComesPastWhatAWrongProgramWrote() {
        var place = CounterApp.Place.fresh();
        try (var app = new CounterApp(place, "orderflow.messaging.park-try-every=100ms")) {
            place.write(
                    "order_events",
                    Stream.generate(() -> place.raw(UUID.randomUUID().toString(), "no event"))
                            .limit(30)
                            .toList());
            await().until(() -> isStopped(app));
            var orders = orders(10);
            write(place, orders);

            await().atMost(Duration.ofSeconds(60)).until(() -> effective(app, orders));
            await().until(() -> !isStopped(app));
            assertThat(app.count("select count(*) from inventory.parked")).isEqualTo(30);
        }
    }

    private static boolean isStopped(CounterApp app) {
        return app.get(MeterRegistry.class).get("consumer.running").gauge().value() == 0;
    }

    private static long handledOrParked(CounterApp app) {
        return app.count("select (select count(*) from inventory.effect) + (select count(*) from inventory.parked)");
    }

    @Test
    void aRoleThatIsTakenOutGoesOnWhereItStopped() throws Exception {
        var place = CounterApp.Place.fresh();
        try (var app = new CounterApp(place)) {
            var roles = app.get(Roles.class);
            var parking = app.get(Parking.class);
            place.write("order_events", List.of(place.raw(UUID.randomUUID().toString(), "no event")));
            await().until(() -> parking.list(INVENTORY, 10).size() == 1);
            roles.stop(INVENTORY);
            assertThat(roles.isRunning(INVENTORY)).isFalse();
            var parked = parking.list(INVENTORY, 10).getFirst();
            assertThatThrownBy(() -> parking.release(INVENTORY, parked.id())).matches(Failures::isInfrastructure);
            assertThat(parking.list(INVENTORY, 10)).containsExactly(parked);
            var orders = orders(100);
            var before = CounterApp.now();
            write(place, orders);
            assertThat(Stream.generate(() -> app.get(Progress.class).caughtUpTo(INVENTORY))
                            .limit(3)
                            .flatMap(Optional::stream))
                    .as("what it has not heard yet")
                    .allMatch(heard -> heard.isBefore(before));
            roles.start(INVENTORY);

            await().until(() -> effective(app, orders));
            assertThat(app.count("select count(*) from inventory.effect")).isEqualTo(100);
            await().until(() -> app.get(Progress.class)
                    .caughtUpTo(INVENTORY)
                    .filter(heard -> heard.isAfter(before))
                    .isPresent());
        }
    }

    @Test
    void aFlowStopsAfterThoseWhoSendToIt() throws Exception {
        try (var app = new CounterApp(CounterApp.Place.fresh(), List.of(Caller.class));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var camel = app.get(CamelContext.class);
            var answer = threads.submit(
                    () -> app.get(ProducerTemplate.class).requestBody("direct:caller", "good", String.class));
            await().until(() -> camel.getInflightRepository().size("caller") == 1);

            var stop = threads.submit(camel::stop);
            // Routes stop in the opposite order of their start, and this one started before the flow.
            var worker = (StatefulService) camel.getRoute("inventory.ask").getConsumer();
            await().until(() -> !worker.isStarted());
            app.get(Caller.class).held.countDown();

            assertThat(answer.get()).isEqualTo("good!");
            stop.get();
        }
    }

    /** A route that sends to a flow, once it is let. */
    @Configuration(proxyBeanMethods = false)
    static class Caller extends RouteBuilder {

        private final CountDownLatch held = new CountDownLatch(1);

        @Override
        public void configure() {
            from("direct:caller")
                    .routeId("caller")
                    .process(exchange -> held.await(20, TimeUnit.SECONDS))
                    .to(Participant.transaction(INVENTORY, "shared"));
        }
    }

    /** How far the app has come, asked by somebody who does not wait for the broker. */
    private static KafkaProgress impatient(CounterApp app) {
        return new KafkaProgress(
                role -> app.backbone().tables().outbox(),
                Topology.ORDERFLOW,
                app.place.cluster(),
                app.jdbc(),
                () -> Admin.create(Map.of(
                        "bootstrap.servers", app.place.broker().address(),
                        "default.api.timeout.ms", "2000",
                        "request.timeout.ms", "1000")),
                app.backbone().outages());
    }

    private static List<UUID> orders(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private static void write(CounterApp.Place place, List<UUID> orders) {
        place.write(orders.stream().map(CounterApp::created).toArray(Event[]::new));
    }

    private static boolean effective(CounterApp app, List<UUID> orders) {
        var seen = app.jdbc().queryForList("select order_id from inventory.effect", UUID.class);
        return seen.containsAll(orders);
    }
}
