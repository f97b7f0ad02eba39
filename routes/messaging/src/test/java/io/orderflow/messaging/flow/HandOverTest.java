package io.orderflow.messaging.flow;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.counter.Counter;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.fixture.FailingJdbc;
import io.orderflow.messaging.tables.WorkRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that workers of the process that stored them get from memory; one worker, and room for two more. */
class HandOverTest {

    private static CounterApp app;

    private final CountDownLatch held = new CountDownLatch(1);

    @BeforeAll
    static void startApp() {
        app = start();
        app.jdbc().execute("""
                set role inventory_migrator;
                create table inventory.written (order_id uuid);
                create function inventory.note() returns trigger language plpgsql as
                    'begin insert into inventory.written values (old.order_id); return null; end';
                create trigger note after update on inventory.work for each row execute function inventory.note();
                create table inventory.refused (order_id uuid);
                create function inventory.refuse() returns trigger language plpgsql as
                    'begin if new.order_id in (select order_id from inventory.refused) then
                        raise exception ''refused at the commit''; end if;
                    perform pg_sleep(3) from inventory.late where order_id = new.order_id; return null; end';
                create table inventory.late (order_id uuid);
                create constraint trigger refuse after insert on inventory.work deferrable initially deferred
                    for each row execute function inventory.refuse();
                grant select, insert on inventory.written, inventory.refused, inventory.late to inventory;
                reset role""");
    }

    @AfterAll
    static void stopApp() {
        app.close();
    }

    private static CounterApp start() {
        return new CounterApp(
                CounterApp.Place.fresh(),
                List.of(FailingJdbc.Module.class),
                "orderflow.messaging.work-lease=2s",
                "orderflow.messaging.handed-over=2",
                "orderflow.messaging.workers-of.inventory.ask=1");
    }

    @BeforeEach
    void isAtRest() {
        await("the place is free, and the table known to be empty").until(() -> isFree(app));
        app.counter().called.clear();
        app.counter().inDoubt.clear();
    }

    @AfterEach
    void letGo() {
        held.countDown();
        app.jdbc().update("delete from inventory.work where due_at > now() + interval '1 minute'");
        await().until(() -> app.count("select count(*) from inventory.work") == 0);
    }

    @Test
    void whatHasAPlaceIsBornWithItsWorkerAndNeverClaimed() {
        var order = held(app);

        assertThat(rows(app)).containsExactly("leased 1");
        held.countDown();

        await().until(() -> isDone(order));
        assertThat(updates(order)).isZero();
    }

    @Test
    void whatHasNoPlaceWaitsInMemoryAndTheRestInTheTableAndAllAreDoneInTheirOrder() {
        List<UUID> orders = new ArrayList<>(List.of(held(app)));
        for (int i = 0; i < 4; i++) {
            orders.add(asks(app));
        }

        assertThat(rows(app)).containsExactly("leased 1", "leased 0", "leased 0", "due 0", "due 0");
        held.countDown();

        await().until(() -> orders.stream().allMatch(this::isDone));
        assertThat(called()).containsExactlyElementsOf(orders);
        assertThat(app.counter().inDoubt).isEmpty();
    }

    /** One claim serves many, however few of them can be begun. */
    @Test
    void aLookIntoTheTableFindsMoreThanThereArePlacesFor() {
        List<UUID> orders = new ArrayList<>(List.of(held(app)));
        var second = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            orders.add(UUID.randomUUID());
            insert(orders.getLast(), "now() + interval '" + i + " ms'");
        }
        app.counter().heldCalls.put(orders.get(1), second);
        held.countDown();

        await().until(() -> rows(app).stream().sorted().toList().equals(List.of("due 0", "leased 0", "leased 1")));
        second.countDown();

        await().until(() -> orders.stream().allMatch(this::isDone));
        assertThat(called()).containsExactlyElementsOf(orders);
        assertThat(app.counter().inDoubt).isEmpty();
    }

    /** It could not wait in memory: each look would read hundreds again to begin a few of them. */
    @Test
    void aLookThatFindsWhatWasTriedBeforeBringsNothingElse() {
        app.jdbc().update("""
                insert into inventory.work (id, channel, order_id, subject, body, due_at, attempts)
                values (gen_random_uuid(), 'nobody', gen_random_uuid(), '', '{}', now(), 1)""");
        var minute = Duration.ofMinutes(1);
        var memory = new Memory(new Places(new Working(1, 0, minute, 20, minute, minute)), 20, minute);
        assertThat(memory.lacks()).isEqualTo(2);

        memory.looked(0, null, new WorkRows(app.jdbc(), INVENTORY).claim("nobody", null, 1, 0, Duration.ZERO));
        assertThat(memory.lacks()).isZero();

        memory.looked(0, null, new WorkRows.Claimed(List.of(), List.of(), true));
        assertThat(memory.lacks()).isEqualTo(2);
        app.jdbc().update("delete from inventory.work where channel = 'nobody'");
    }

    /** A newcomer does not pass what waits in the table, though there is room for it in memory by then. */
    @Test
    void whoComesLaterPassesNobodyInTheTable() {
        List<UUID> orders = new ArrayList<>(List.of(held(app), asks(app), asks(app), asks(app)));
        var second = new CountDownLatch(1);
        app.counter().heldCalls.put(orders.get(1), second);
        held.countDown();
        await("the first in memory").until(() -> called().contains(orders.get(1)));

        orders.add(asks(app));
        assertThat(rows(app)).last().isEqualTo("due 0");
        second.countDown();

        await().until(() -> orders.stream().allMatch(this::isDone));
        assertThat(called().getLast()).isEqualTo(orders.getLast());
    }

    /** What is put off becomes due in the table, while others take the only place from memory. */
    @Test
    void whatBecomesDueInTheTableHasItsTurnAmongNewcomers() {
        var late = UUID.randomUUID();
        insert(late, "now() + interval '700 ms'");

        await().until(() -> {
            asks(app);
            return isDone(late);
        });
    }

    @Test
    void whatIsThereAlreadyIsNotHandedOver() {
        var order = UUID.randomUUID();
        insert(order, "now() + interval '1 h'");

        ask(app, order);
        var other = asks(app);
        await().until(() -> isDone(other));

        assertThat(called()).containsExactly(other);
        await("the place was given back").until(() -> isFree(app));
        app.jdbc().update("delete from inventory.work where order_id = ?", order);
    }

    @Test
    void aTransactionThatDoesNotCommitGivesItsRoomBack() {
        for (int i = 0; i < 5; i++) {
            var refused = UUID.randomUUID();
            app.jdbc().update("insert into inventory.refused values (?)", refused);
            assertThatThrownBy(() -> ask(app, refused)).hasStackTraceContaining("refused at the commit");
        }
        var order = held(app);
        asks(app);

        assertThat(rows(app)).containsExactly("leased 1", "leased 0");
        held.countDown();
        await().until(() -> isDone(order));
    }

    /** By another process, after this one has slept: it lets go of the row, and nothing of it was begun. */
    @Test
    void whatLosesItsLeaseInMemoryIsBegunByWhoeverHoldsIt() {
        var first = held(app);
        var order = asks(app);
        assertThat(rows(app)).containsExactly("leased 1", "leased 0");
        var thief = UUID.randomUUID();
        app.jdbc()
                .update(
                        "update inventory.work set lease = ?, due_at = now() + interval '1 h' where order_id = ?",
                        thief,
                        order);
        held.countDown();
        await().until(() -> isDone(first));
        var third = asks(app);
        await().until(() -> isDone(third));
        assertThat(called()).containsExactly(first, third);

        app.jdbc().update("update inventory.work set due_at = now() where lease = ?", thief);

        await().until(() -> isDone(order));
        assertThat(called()).containsExactly(first, third, order);
        assertThat(app.counter().inDoubt).as("it was not begun before").isEmpty();
    }

    /** Another process may have claimed it by then; whoever does cannot know that nobody has begun it. */
    @Test
    void whatIsCommittedAfterItsLeaseIsBegunByWhoClaimsIt() {
        var order = UUID.randomUUID();
        app.jdbc().update("insert into inventory.late values (?)", order);

        ask(app, order);

        await().until(() -> isDone(order));
        assertThat(called()).containsExactly(order);
        assertThat(app.counter().inDoubt).containsExactly(order);
    }

    /** An error of the JVM's ends no thread that nobody would replace. */
    @Test
    void aClaimIsMadeAgainAfterAnError() {
        var order = UUID.randomUUID();
        app.get(FailingJdbc.class).failOnce("as in_doubt");
        await().until(() -> app.get(FailingJdbc.class).hasFailed());

        insert(order, "now()");

        await().until(() -> isDone(order));
    }

    @Test
    void whatAnErrorKeepsFromItsBeginningKeepsItsTurn() {
        List<UUID> orders = new ArrayList<>(List.of(held(app), asks(app), asks(app)));
        app.get(FailingJdbc.class).failOnce("set attempts = attempts + 1 from relaxed");
        held.countDown();

        await().until(() -> orders.stream().allMatch(this::isDone));
        assertThat(app.get(FailingJdbc.class).hasFailed()).isTrue();
        assertThat(called()).containsExactlyElementsOf(orders);
    }

    @Test
    void whatWaitsInMemoryKeepsItsLease() {
        held(app);
        asks(app);

        await().until(() -> app.count("""
                select count(*) from inventory.work
                where attempts = 0 and due_at > created_at + interval '4 s'""") == 1);
    }

    /** Renewing thousands again and again would cost more than claiming them once. */
    @Test
    void whoWaitsForLongBehindTheFirstGoesBackIntoTheTableAndKeepsHisTurn() {
        List<UUID> orders = new ArrayList<>(List.of(held(app), asks(app), asks(app)));
        assertThat(rows(app)).containsExactly("leased 1", "leased 0", "leased 0");

        await().until(() -> rows(app).equals(List.of("leased 1", "leased 0", "due 0")));
        orders.add(asks(app));
        assertThat(rows(app)).last().isEqualTo("due 0");
        held.countDown();

        await().until(() -> orders.stream().allMatch(this::isDone));
        assertThat(called()).containsExactlyElementsOf(orders);
        assertThat(app.counter().inDoubt).isEmpty();
    }

    @Test
    void aStopGivesBackWhatWaitsInMemory() throws Exception {
        try (var stopped = start()) {
            await().until(() -> isFree(stopped));
            var first = held(stopped);
            await().until(() -> rows(stopped).equals(List.of("leased 1")));
            var order = asks(stopped);
            assertThat(rows(stopped)).containsExactly("leased 1", "leased 0");

            var stop = Thread.startVirtualThread(() -> stopped.backbone().drainWork());
            await().until(() -> rows(stopped).contains("due 0"));
            held.countDown();
            stop.join();

            assertThat(stopped.effects(first)).contains("Answered");
            assertThat(rows(stopped)).containsExactly("due 0");
            stopped.get(CamelContext.class).getRouteController().stopRoute("inventory.ask");
            stopped.get(CamelContext.class).getRouteController().startRoute("inventory.ask");
            await().until(() -> stopped.effects(order).contains("Answered"));
            assertThat(stopped.counter().inDoubt).isEmpty();
        }
    }

    /** Whether the next request would be begun at once. */
    private static boolean isFree(CounterApp of) {
        var workers = of.backbone().workers.get("inventory.ask");
        var room = workers.reserve(1);
        workers.take(room, List.of(), false);
        return room.begins() == 1;
    }

    private UUID held(CounterApp by) {
        var order = UUID.randomUUID();
        by.counter().heldCalls.put(order, held);
        ask(by, order);
        return order;
    }

    private static UUID asks(CounterApp by) {
        var order = UUID.randomUUID();
        ask(by, order);
        return order;
    }

    private static void ask(CounterApp by, UUID order) {
        by.get(ProducerTemplate.class).requestBody("transaction:inventory.order-events", CounterApp.confirmed(order));
    }

    private static void insert(UUID order, String dueAt) {
        app.jdbc().update("""
                insert into inventory.work (id, channel, order_id, subject, body, due_at)
                values (gen_random_uuid(), 'inventory.ask', ?, '', ?::text, %s)""".formatted(dueAt), order, """
                {"type":"%s","work":{"orderId":"%s"}}""".formatted(Counter.Ask.class.getName(), order));
    }

    /** How each row is held, and in which attempt it is, in the order of their making. */
    private static List<String> rows(CounterApp of) {
        return of.jdbc().queryForList("""
                        select case when lease is null then 'due ' else 'leased ' end || attempts
                        from inventory.work order by id""", String.class);
    }

    private static long updates(UUID order) {
        return app.count("select count(*) from inventory.written where order_id = '" + order + "'");
    }

    private boolean isDone(UUID order) {
        return app.effects(order).contains("Answered");
    }

    private static List<UUID> called() {
        return Arrays.stream(app.counter().called.toArray(Counter.Ask[]::new))
                .map(Counter.Ask::orderId)
                .toList();
    }
}
