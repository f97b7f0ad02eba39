package io.orderflow.messaging.flow;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Participant;
import io.orderflow.messaging.counter.Counter.Ask;
import io.orderflow.messaging.counter.CounterApp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers of work wait for those of the work beside them; here for as long as a test may last. */
class AnswersTogetherTest {

    private static final String WAITING =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    private static CounterApp app;

    @BeforeAll
    static void start() {
        app = new CounterApp(
                CounterApp.Place.fresh(), "orderflow.messaging.answers-together=1h", "orderflow.messaging.waiting=1");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void theAnswersOfAllThatIsUnderWayShareATransaction() {
        var held = new CountDownLatch(1);
        var slow = new CountDownLatch(1);
        var orders = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        orders.forEach(order -> app.counter().heldCalls.put(order, order == orders.getFirst() ? slow : held));
        orders.forEach(AnswersTogetherTest::ask);
        await().until(() -> app.counter().called.size() >= orders.size());
        int before = app.counter().batches.size();

        held.countDown();
        slow.countDown();

        await().until(() -> orders.stream().allMatch(AnswersTogetherTest::isDone));
        assertThat(app.counter().batches.stream().skip(before)).containsExactly(orders.size());
    }

    /** Whoever calls waits for the commit himself; nobody's work is a reason to keep him waiting. */
    @Test
    void whoAnswersForNoWorkIsNotKeptWaiting() {
        var slow = new CountDownLatch(1);
        var underWay = UUID.randomUUID();
        app.counter().heldCalls.put(underWay, slow);
        ask(underWay);
        await().until(() -> app.counter().called.contains(new Ask(underWay)));

        var call = UUID.randomUUID();
        try {
            app.get(ProducerTemplate.class)
                    .asyncRequestBody(Participant.transaction(INVENTORY, "answers"), new Ask(call));

            await().until(() -> isDone(call));
            assertThat(isDone(underWay)).isFalse();
        } finally {
            slow.countDown();
        }
        await().until(() -> isDone(underWay));
    }

    /** What was done outside would be done again. */
    @Test
    void noAnswerOfWorkIsRefusedForAQueueThatIsFull() throws Exception {
        var held = new CountDownLatch(1);
        var orders = Stream.generate(UUID::randomUUID).limit(50).toList();
        orders.forEach(order -> app.counter().heldCalls.put(order, held));
        orders.forEach(AnswersTogetherTest::ask);
        await().until(() ->
                app.counter().called.containsAll(orders.stream().map(Ask::new).toList()));
        try (var other = app.jdbc().getDataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table inventory.effect in share mode");
            app.get(ProducerTemplate.class)
                    .asyncRequestBody(Participant.transaction(INVENTORY, "answers"), new Ask(UUID.randomUUID()));
            await().until(() -> app.count(WAITING) == 1);

            held.countDown();
            List<Future<?>> callers = new ArrayList<>();
            await("a caller is refused").until(() -> {
                callers.add(app.get(ProducerTemplate.class)
                        .asyncRequestBody(Participant.transaction(INVENTORY, "answers"), new Ask(UUID.randomUUID())));
                return callers.stream().anyMatch(Future::isDone);
            });
            other.rollback();
        }

        await().until(() -> orders.stream().allMatch(AnswersTogetherTest::isDone));
        assertThat(app.counter().inDoubt).isEmpty();
    }

    private static void ask(UUID order) {
        app.get(ProducerTemplate.class).requestBody("transaction:inventory.order-events", CounterApp.confirmed(order));
    }

    private static boolean isDone(UUID order) {
        return app.effects(order).contains("Answered");
    }
}
