package io.orderflow.messaging.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.counter.Counter;
import io.orderflow.messaging.counter.CounterApp;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Workers whose calls take long, and attempts of which nobody knows how they ended; one worker, two slow ones. */
class SlowWorkTest {

    private static final String LOCKED =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    private static CounterApp app;

    private final CountDownLatch held = new CountDownLatch(1);

    @BeforeAll
    static void startApp() {
        app = start();
    }

    @AfterAll
    static void stopApp() {
        app.close();
    }

    private static CounterApp start() {
        return new CounterApp(
                CounterApp.Place.fresh(),
                "orderflow.messaging.work-lease=2s",
                "orderflow.messaging.workers-of.inventory.ask=1",
                "orderflow.messaging.slow-workers-of.inventory.ask=2",
                "orderflow.messaging.slow-after=200ms");
    }

    @AfterEach
    void letGo() {
        held.countDown();
        await().until(() -> app.count("select count(*) from inventory.work") == 0);
        app.counter().called.clear();
        app.counter().inDoubt.clear();
    }

    @Test
    void whoIsSlowLeavesItsPlaceToTheNextAndIsDoneOnce() {
        var slow = asked(true, 2);
        await().until(() -> !app.counter().called.isEmpty());
        var others = asked(false, 3);

        Arrays.stream(others).forEach(this::isDone);
        assertThat(slow).allSatisfy(order -> assertThat(app.effects(order)).doesNotContain("Answered"));
        held.countDown();

        Arrays.stream(slow).forEach(this::isDone);
        assertThat(app.counter().called).doesNotHaveDuplicates().hasSize(5);
        assertThat(app.counter().inDoubt).isEmpty();
    }

    @Test
    void noMoreAreSlowThanTheirLaneHolds() {
        asked(true, 3);
        await().until(() -> app.counter().called.size() == 3);
        var fourth = asked(false, 1)[0];

        await("until those under way have renewed their leases").until(() -> app.count("""
                select count(*) from inventory.work, (select created_at from inventory.work where order_id = '%s') fourth
                where attempts = 1 and due_at > fourth.created_at + interval '4 s'""".formatted(fourth)) == 3);
        assertThat(app.count("select attempts from inventory.work where order_id = '" + fourth + "'"))
                .isZero();
        held.countDown();

        isDone(fourth);
    }

    @Test
    void whatAWorkerHeldThatIsGoneIsInDoubt() {
        var order = UUID.randomUUID();
        app.jdbc().update("""
                insert into inventory.work (id, channel, order_id, subject, body, attempts, lease)
                values (gen_random_uuid(), 'inventory.ask', ?, '', ?::text, 1, gen_random_uuid())""", order, """
                {"type":"%s","work":{"orderId":"%s"}}""".formatted(Counter.Ask.class.getName(), order));

        isDone(order);
        assertThat(app.counter().inDoubt).containsExactly(order);
    }

    @Test
    void whatWasDoneAndCannotBeRecordedIsInDoubtAndWhatFailedIsNot() {
        var order = UUID.randomUUID();
        app.counter().unrecordable.add(order);
        app.place.write(CounterApp.confirmed(order));
        isDone(order);
        assertThat(app.counter().inDoubt).containsExactly(order);

        app.counter().failingWork.release();
        isDone(asked(false, 1)[0]);
        assertThat(app.counter().failingWork.availablePermits()).isZero();
        assertThat(app.counter().inDoubt).containsExactly(order);
    }

    /** A doubt outlasts a failure after it. */
    @Test
    void whatIsInDoubtStaysSoUntilItIsDone() {
        var order = UUID.randomUUID();
        app.counter().unrecordable.add(order);
        app.place.write(CounterApp.confirmed(order));
        await().until(() -> app.counter().unrecordable.isEmpty());
        app.counter().failingWork.release();

        isDone(order);
        assertThat(app.counter().failingWork.availablePermits()).isZero();
        assertThat(app.counter().inDoubt).containsExactly(order, order);
    }

    @Test
    void aStopWaitsForNobodyWhoIsSlow() {
        try (var stopped = start()) {
            var slow = asked(stopped, true, 2);
            await().until(() -> stopped.counter().called.size() == 2);

            stopped.backbone().drainWork();

            assertThat(held.getCount()).isOne();
            assertThat(slow).allSatisfy(order -> assertThat(
                            stopped.count("select count(*) from inventory.work where order_id = '" + order + "'"))
                    .isOne());
        }
    }

    /** With one worker, a place that were lost would leave none. */
    @Test
    void aClaimThatComesBackAfterTheStopIsGivenBackUnbegun() throws Exception {
        var order = UUID.randomUUID();
        try (var stopped = start();
                var other = stopped.get(DataSource.class).getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table inventory.work in exclusive mode");
            await("the claim").until(() -> stopped.count(LOCKED) == 1);
            insert(other, order);

            stopped.get(CamelContext.class).getRouteController().stopRoute("inventory.ask");
            other.commit();

            await().until(() ->
                    stopped.count("select count(*) from inventory.work where error = 'stopped' and lease is null")
                            == 1);
            assertThat(stopped.counter().called).isEmpty();
            stopped.get(CamelContext.class).getRouteController().startRoute("inventory.ask");
            await().until(() -> stopped.effects(order).contains("Answered"));
            assertThat(stopped.counter().inDoubt).isEmpty();
        }
    }

    private static void insert(Connection by, UUID order) throws SQLException {
        var asked = """
                insert into inventory.work (id, channel, order_id, subject, body)
                values (gen_random_uuid(), 'inventory.ask', '%2$s', '', '{"type":"%1$s","work":{"orderId":"%2$s"}}')""";
        by.createStatement().execute(asked.formatted(Counter.Ask.class.getName(), order));
    }

    private UUID[] asked(boolean areHeld, int count) {
        return asked(app, areHeld, count);
    }

    private UUID[] asked(CounterApp of, boolean areHeld, int count) {
        var orders = new UUID[count];
        Arrays.setAll(orders, i -> UUID.randomUUID());
        for (var order : orders) {
            if (areHeld) {
                of.counter().heldCalls.put(order, held);
            }
            of.place.write(CounterApp.confirmed(order));
        }
        return orders;
    }

    private void isDone(UUID order) {
        await().until(() -> app.effects(order).contains("Answered"));
    }
}
