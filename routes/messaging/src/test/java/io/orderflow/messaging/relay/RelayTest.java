package io.orderflow.messaging.relay;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.Unsendable;
import io.orderflow.messaging.assembly.Roles;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.tables.Announced;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Events leave in the order of their order, whoever sends them and whatever is away. */
class RelayTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void twoInstancesKeepTheOrderOfEachOrder() {
        var place = CounterApp.Place.fresh();
        var orders = Stream.generate(UUID::randomUUID).limit(5).toList();
        try (var one = new CounterApp(place);
                var other = new CounterApp(place);
                var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 600; i++) {
                var app = i % 2 == 0 ? one : other;
                var order = orders.get(ThreadLocalRandom.current().nextInt(orders.size()));
                threads.execute(() -> say(app, released(order)));
            }
            threads.shutdown();
            await().until(threads::isTerminated);
            await().until(() -> one.count("select count(*) from inventory.outbox") == 0);
        }

        var sequences = firstDeliveries(place);
        assertThat(sequences.values().stream().mapToInt(List::size).sum()).isEqualTo(600);
        assertThat(sequences).allSatisfy((order, numbers) -> assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList()));
    }

    @Test
    void eventsWhoseWriterWasKilledBetweenCommitAndRelayAreSweptInOrder() {
        var place = CounterApp.Place.fresh();
        var order = UUID.randomUUID();
        try (var app = new CounterApp(place)) {
            var transactions = new TransactionTemplate(app.get(PlatformTransactionManager.class));
            for (int i = 0; i < 3; i++) {
                transactions.executeWithoutResult(status -> app.backbone()
                        .tables()
                        .outbox()
                        .store(List.of(new Announced(Topology.INVENTORY_EVENTS, released(order), null))));
            }
            say(app, released(order));

            await().until(() -> app.count("select count(*) from inventory.outbox") == 0);
        }

        assertThat(firstDeliveries(place).get(order.toString())).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void theIntakeGoesOnWhileTheBrokerIsAwayAndItsEventsFollowInOrder() {
        try (var broker = Broker.temporary()) {
            var place = CounterApp.Place.on(broker, Postgres.shared());
            var orders = Stream.generate(UUID::randomUUID).limit(20).toList();
            try (var app = new CounterApp(
                    place,
                    "orderflow.messaging.kafka.delivery.timeout.ms=3000",
                    "orderflow.messaging.kafka.request.timeout.ms=1000",
                    "orderflow.messaging.kafka.max.block.ms=1000")) {
                orders.forEach(order -> say(app, released(order)));
                await().until(() -> app.count("select count(*) from inventory.outbox") == 0);

                broker.stop();
                for (int round = 0; round < 3; round++) {
                    orders.forEach(order -> say(app, released(order)));
                }
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !app.backbone().relay().paused().isEmpty());
                orders.forEach(order -> say(app, released(order)));
                assertThat(app.count("select count(*) from inventory.outbox")).isEqualTo(80);
                broker.start();

                await().atMost(Duration.ofSeconds(60))
                        .until(() -> app.count("select count(*) from inventory.outbox") == 0);
                assertThat(app.get(Progress.class).relayBehindUntil(INVENTORY)).isAfter(Instant.EPOCH);
            }
            assertThat(firstDeliveries(place)).hasSize(20).allSatisfy((order, numbers) -> assertThat(numbers)
                    .containsExactly(1L, 2L, 3L, 4L, 5L));
        }
    }

    @Test
    void whatNobodyAnswersHoldsUpNeitherADeadlineNorTheIntake() {
        try (var app = new CounterApp(CounterApp.Place.fresh(), "orderflow.messaging.kafka.max.block.ms=500")) {
            app.jdbc().update("""
                    insert into inventory.outbox
                        (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, created_at)
                    values (gen_random_uuid(), 'nowhere', gen_random_uuid(), 'Any', '{}', 1, now(), now() - interval '1 hour')""");
            await().until(() -> app.backbone().relay().paused().contains("nowhere"));
            await().until(() ->
                    app.backbone().tables().outbox().behind().until().isAfter(Instant.EPOCH));
            var begun = CounterApp.now();
            await().until(() -> app.get(Backlogs.class)
                    .of("inventory")
                    .filter(backlog -> backlog.events() == 1)
                    .isPresent());
            assertThat(app.get(Backlogs.class).of("inventory").orElseThrow().oldest())
                    .isZero();
            awaitAWholeTurnOfTheSweeper(app);
            assertThat(app.backbone().tables().outbox().behind().until())
                    .as("nobody watched before")
                    .isBefore(begun);

            app.jdbc().update("""
                    with old as (delete from inventory.outbox returning *)
                    insert into inventory.outbox
                        (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, created_at)
                    select id, 'inventory_events', aggregateid, type, payload, sequence, occurred_at, created_at from old""");

            // Who could not do all stands back for three leases.
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            app.backbone().tables().outbox().behind().until().isAfter(begun));
            await().until(() -> app.count("select count(*) from inventory.outbox") == 0);
        }
    }

    /** Each turn begins with the lease's renewal: what the turn between two of them has seen is noted. */
    private static void awaitAWholeTurnOfTheSweeper(CounterApp app) {
        for (int i = 0; i < 2; i++) {
            var lease = lease(app);
            await().atMost(Duration.ofMinutes(2)).until(() -> !lease(app).equals(lease));
        }
    }

    private static String lease(CounterApp app) {
        return app.jdbc()
                .queryForObject("select until::text from inventory.lease where name = 'sweeper'", String.class);
    }

    @Test
    void anEventThatTheBrokerRefusesHoldsUpItsOrderAndNobodyElse() throws Exception {
        var place = CounterApp.Place.fresh();
        var order = UUID.randomUUID();
        var another = UUID.randomUUID();
        largest(place, 1_000);
        try (var app = new CounterApp(place)) {
            var outbox = app.backbone().tables().outbox();
            say(app, new StockReleased(order, CounterApp.now(), lines(100)));
            say(app, released(order));
            await().until(() -> outbox.refused().orders() == 1);
            say(app, released(order));
            say(app, released(another));

            await().until(() -> outbox.depth(10) == 3);
            await().until(() -> app.backbone().relay().inMemory() == 0);
            app.jdbc().update("update inventory.outbox set created_at = created_at - interval '1 hour'");
            assertThat(outbox.oldestAge()).as("no other order's deadline waits").isZero();
            assertThat(outbox.leftBehind(Duration.ZERO, 10, Set.of())).isEmpty();
            assertThat(app.get(Parking.class).parkedOrders(INVENTORY, List.of(order, another)))
                    .containsExactly(order);

            largest(place, 1_000_000);
            app.jdbc().update("update inventory.outbox set refused_at = refused_at - interval '1 minute'");
            await().until(() -> outbox.depth(10) == 0);
        }
        assertThat(firstDeliveries(place).get(order.toString())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsRefusedAndGivenUpLetsItsOrderGoOn() throws Exception {
        var place = CounterApp.Place.fresh();
        var order = UUID.randomUUID();
        largest(place, 1_000);
        try (var app = new CounterApp(place)) {
            say(app, new StockReleased(order, CounterApp.now(), lines(100)));
            say(app, released(order));
            var unsendable = app.get(Unsendable.class);
            await().until(() -> unsendable.listAfter(new UUID(0, 0), 10).size() == 1);
            var refused = unsendable.listAfter(new UUID(0, 0), 10).getFirst();
            assertThat(refused.orderId()).isEqualTo(order);
            assertThat(refused.type()).isEqualTo("StockReleased");
            assertThat(refused.bytes()).isGreaterThan(1_000);
            List<Unsendable.Unsent> witnessed = new ArrayList<>();

            assertThatThrownBy(() -> unsendable.discard(INVENTORY, refused.id(), event -> {
                        throw new IllegalStateException("no record");
                    }))
                    .hasMessage("no record");
            assertThat(unsendable.find(refused.id())).contains(refused);
            assertThat(unsendable.discard(INVENTORY, refused.id(), witnessed::add))
                    .isTrue();
            assertThat(unsendable.discard(INVENTORY, refused.id(), witnessed::add))
                    .isFalse();

            assertThat(witnessed).containsExactly(refused);
            await().until(() -> app.backbone().tables().outbox().depth(10) == 0);
        }
        assertThat(firstDeliveries(place).get(order.toString())).containsExactly(2L);
    }

    private static List<Line> lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Line("mug-" + i, 1)).toList();
    }

    private static void largest(CounterApp.Place place, int bytes) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", place.broker().address()))) {
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, place.prefix() + "inventory_events");
            var largest = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
            admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(largest, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Test
    void nothingIsSaidByATransactionThatFails() {
        var place = CounterApp.Place.fresh();
        var order = UUID.randomUUID();
        try (var app = new CounterApp(place)) {
            assertThatThrownBy(() -> app.backbone().run(transaction -> {
                        transaction.announce(Topology.INVENTORY_EVENTS, released(order), null);
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThatThrownBy(() -> app.backbone().run(transaction -> {
                        transaction.announce(Topology.INVENTORY_EVENTS, released(order), null);
                        transaction.announce(Topology.INVENTORY_EVENTS, released(order), null);
                        failWhenItCommits();
                        return null;
                    }))
                    .hasMessage("no commit");
            say(app, released(order));
            await().until(() -> app.count("select count(*) from inventory.outbox") == 0);
        }

        assertThat(firstDeliveries(place).get(order.toString())).containsExactly(1L);
    }

    /** After everything is stored. */
    private static void failWhenItCommits() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                throw new IllegalStateException("no commit");
            }
        });
    }

    @Test
    void anEventThatIsTooLargeIsRefusedBeforeItIsStored() {
        try (var app = new CounterApp(CounterApp.Place.fresh(), "orderflow.messaging.max-event-bytes=1000")) {
            var lines = IntStream.range(0, 100)
                    .mapToObj(i -> new Line("mug-" + i, 1))
                    .toList();

            assertThatThrownBy(() -> say(app, new StockReleased(UUID.randomUUID(), CounterApp.now(), lines)))
                    .hasMessageContaining("orderflow.messaging.max-event-bytes");
            assertThat(app.count("select count(*) from inventory.outbox")).isZero();
        }
    }

    @Test
    void progressTellsWhatHasBeenHandled() throws Exception {
        var place = CounterApp.Place.fresh();
        place.write(Stream.generate(() -> CounterApp.created(UUID.randomUUID()))
                .limit(20)
                .toArray(Event[]::new));
        place.forgetRecords();
        try (var app = new CounterApp(place)) {
            var progress = app.get(Progress.class);
            await().until(() -> isKnown(progress));
            var before = CounterApp.now();
            place.write(CounterApp.created(UUID.randomUUID()));

            await().until(() -> progress.caughtUpTo(INVENTORY)
                    .filter(time -> time.isAfter(before))
                    .isPresent());
            assertThat(app.count("select count(*) from inventory.effect")).isEqualTo(1);
        }
    }

    /** As after a disk of the broker was lost, or a topic deleted by hand. */
    @Test
    void progressGoesOnWhereATopicIsMadeAnew() throws Exception {
        var place = CounterApp.Place.fresh();
        place.write(Stream.generate(() -> CounterApp.created(UUID.randomUUID()))
                .limit(20)
                .toArray(Event[]::new));
        try (var app = new CounterApp(place)) {
            var progress = app.get(Progress.class);
            await().until(() -> isKnown(progress));
            app.get(Roles.class).stop(INVENTORY);
            place.write(CounterApp.created(UUID.randomUUID()));
            progress.caughtUpTo(INVENTORY);
            progress.caughtUpTo(INVENTORY);
            makeAnew(place);
            app.get(Roles.class).start(INVENTORY);
            var before = CounterApp.now();
            place.write(CounterApp.created(UUID.randomUUID()));

            await().until(() -> progress.caughtUpTo(INVENTORY)
                    .filter(time -> time.isAfter(before))
                    .isPresent());
            assertThat(progress.relayBehindUntil(INVENTORY))
                    .as("what was said there may be lost")
                    .isAfter(before.minusSeconds(60));
        }
    }

    private static void makeAnew(CounterApp.Place place) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", place.broker().address()))) {
            var topic = place.prefix() + "order_events";
            admin.deleteTopics(List.of(topic)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(topic));
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    private static boolean isKnown(Progress progress) {
        return progress.caughtUpTo(INVENTORY).filter(Instant.EPOCH::isBefore).isPresent();
    }

    private static void say(CounterApp app, Event event) {
        app.backbone().run(transaction -> {
            transaction.announce(Topology.INVENTORY_EVENTS, event, null);
            return event;
        });
    }

    private static StockReleased released(UUID order) {
        return new StockReleased(order, CounterApp.now(), List.of());
    }

    /** The sequence numbers of each order, in the order in which the topic has them, repetitions aside. */
    private static Map<String, List<Long>> firstDeliveries(CounterApp.Place place) {
        Map<String, LinkedHashSet<Long>> sequences = new HashMap<>();
        for (var value : place.readValues("inventory_events")) {
            var event = parse(value);
            sequences
                    .computeIfAbsent(event.get("order_id").textValue(), order -> new LinkedHashSet<>())
                    .add(event.get("sequence").longValue());
        }
        Map<String, List<Long>> lists = new HashMap<>();
        sequences.forEach((order, numbers) -> lists.put(order, new ArrayList<>(numbers)));
        return lists;
    }

    private static JsonNode parse(String value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
