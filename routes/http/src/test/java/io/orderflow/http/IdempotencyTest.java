package io.orderflow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderflow.contracts.Role;
import io.orderflow.http.Idempotency.Claim;
import io.orderflow.http.Idempotency.Claimed;
import io.orderflow.http.Idempotency.Claimed.Again;
import io.orderflow.http.Idempotency.Claimed.First;
import io.orderflow.http.Idempotency.Claimed.OtherBody;
import io.orderflow.testkit.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** On a real PostgreSQL, since its locks are half of the promise. */
class IdempotencyTest {

    private static final String BODY = "00".repeat(32);
    private static final String OTHER_BODY = "ff".repeat(32);

    private final DriverManagerDataSource database = database();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Idempotency idempotency = new Idempotency(jdbc, Role.ORDERS);

    private static DriverManagerDataSource database() {
        var fresh = Postgres.shared().freshDatabase();
        var database = new DriverManagerDataSource(fresh.url(), fresh.user(), "");
        new JdbcTemplate(database).execute("""
                        set role orders_migrator;
                        alter default privileges grant usage on schemas to orders;
                        alter default privileges grant select, insert, update, delete on tables to orders;
                        create schema orders;
                        create table orders.idempotency_key (
                            caller      text        not null,
                            operation   text        not null,
                            key         text        not null,
                            body_sha256 bytea       not null,
                            answer      text,
                            claimed_at  timestamptz not null default now(),
                            primary key (caller, operation, key)
                        )
                        """);
        return database;
    }

    @Test
    void givesTheFirstAnswerAgain() {
        assertThat(claim(of("k", BODY, "one"))).containsExactly(new First());
        assertThat(claim(of("k", BODY, "two"))).containsExactly(new Again("one"));
        assertThat(claim(of("k", BODY, "three"))).containsExactly(new Again("one"));
    }

    @Test
    void refusesAKeyForAnotherBody() {
        assertThat(claim(of("k", BODY, "one"))).containsExactly(new First());
        assertThat(claim(of("k", OTHER_BODY, "two"))).containsExactly(new OtherBody());
        assertThat(claim(of("k", BODY, "three"))).containsExactly(new Again("one"));
    }

    @Test
    void keepsCallersAndOperationsApart() {
        assertThat(claim(
                        new Claim("ada", "place-order", "k", BODY, "one"),
                        new Claim("bob", "place-order", "k", BODY, "two"),
                        new Claim("ada", "cancel-order", "k", OTHER_BODY, "three"),
                        new Claim("ada", "place-order", "K", BODY, "four")))
                .containsOnly(new First());
    }

    @Test
    void letsTheFirstOfABatchWinAndAnswersInTheOrderAsked() {
        claim(of("old", BODY, "before"));

        assertThat(claim(
                        of("z", BODY, "one"),
                        of("old", BODY, "never"),
                        of("z", BODY, "two"),
                        of("a", BODY, "three"),
                        of("z", OTHER_BODY, "four"),
                        of("old", OTHER_BODY, "never")))
                .containsExactly(
                        new First(),
                        new Again("before"),
                        new Again("one"),
                        new First(),
                        new OtherBody(),
                        new OtherBody());
        assertThat(claim(of("z", BODY, "five"))).containsExactly(new Again("one"));
    }

    @Test
    void claimsNothingForNobody() {
        assertThat(claim()).isEmpty();
    }

    @Test
    void forgetsAClaimThatIsRolledBack() {
        transaction.executeWithoutResult(status -> {
            assertThat(idempotency.claim(List.of(of("k", BODY, "one")))).containsExactly(new First());
            status.setRollbackOnly();
        });

        assertThat(claim(of("k", OTHER_BODY, "two"))).containsExactly(new First());
    }

    @Test
    void answersLaterInTheSameTransaction() {
        var late = of("k", BODY, null);
        var other = of("l", BODY, null);
        transaction.executeWithoutResult(status -> {
            assertThat(idempotency.claim(List.of(late, late, other)))
                    .containsExactly(new First(), new Again(null), new First());
            idempotency.answer(List.of(late.answered("it's {\"done\":\"ä\"}"), other.answered("too")));
        });

        assertThat(claim(late, other)).containsExactly(new Again("it's {\"done\":\"ä\"}"), new Again("too"));
    }

    @Test
    void failsWhenAClaimWasNeverAnswered() {
        claim(of("k", BODY, null));

        assertThatIllegalStateException()
                .isThrownBy(() -> claim(of("k", BODY, null)))
                .withMessageContaining("no answer");
        assertThatIllegalStateException()
                .isThrownBy(() -> transaction.executeWithoutResult(
                        status -> idempotency.answer(List.of(of("unclaimed", BODY, "x")))));
    }

    /** R23, on a key that nobody has used: one does it, and the others wait for its commit and get its answer. */
    @Test
    void letsOneOfFiftyWinAndGivesAllTheSameAnswer() throws Exception {
        var results =
                atOnce(50, number -> claim(of("k", BODY, "answer-" + number)).getFirst());

        assertThat(results).filteredOn(First.class::isInstance).hasSize(1);
        int winner = results.indexOf(new First());
        assertThat(results).filteredOn(Again.class::isInstance).hasSize(49).containsOnly(new Again("answer-" + winner));
    }

    @Test
    void letsTheNextOneWinWhenTheFirstRollsBack() throws Exception {
        var claimed = new CountDownLatch(1);
        var rolledBack = Executors.newSingleThreadExecutor();
        try {
            var second = new CountDownLatch(1);
            var first = rolledBack.submit(() -> transaction.executeWithoutResult(status -> {
                idempotency.claim(List.of(of("k", BODY, "lost")));
                status.setRollbackOnly();
                claimed.countDown();
                await(second);
            }));
            await(claimed);
            second.countDown();

            assertThat(claim(of("k", BODY, "kept"))).containsExactly(new First());
            first.get(10, TimeUnit.SECONDS);
        } finally {
            rolledBack.shutdownNow();
        }
        assertThat(claim(of("k", BODY, "late"))).containsExactly(new Again("kept"));
    }

    /** Batches with the same keys in any order wait for each other, and never in a circle. */
    @Test
    void neverDeadlocks() throws Exception {
        var claimed = new CountDownLatch(1);
        var bothWait = new CountDownLatch(1);
        try (var executor = Executors.newFixedThreadPool(3)) {
            executor.submit(() -> transaction.executeWithoutResult(status -> {
                idempotency.claim(List.of(of("middle", BODY, "first")));
                claimed.countDown();
                await(bothWait);
            }));
            await(claimed);
            var one =
                    executor.submit(() -> claim(of("a", BODY, "one"), of("middle", BODY, "one"), of("z", BODY, "one")));
            var other =
                    executor.submit(() -> claim(of("z", BODY, "two"), of("middle", BODY, "two"), of("a", BODY, "two")));
            Awaitility.await().until(() -> waiting() == 2);
            bothWait.countDown();

            assertThat(Stream.of(one.get(), other.get()).flatMap(List::stream).filter(First.class::isInstance))
                    .hasSize(2);
        } finally {
            bothWait.countDown();
        }
    }

    private long waiting() {
        return jdbc.queryForObject(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
                Long.class);
    }

    private List<Claimed> claim(Claim... claims) {
        return transaction.execute(status -> idempotency.claim(List.of(claims)));
    }

    private static Claim of(String key, String body, String answer) {
        return new Claim("demo", "place-order", key, body, answer);
    }

    private interface Numbered<T> {
        T run(int number);
    }

    private static <T> List<T> atOnce(int threads, Numbered<T> task) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> futures = IntStream.range(0, threads)
                    .mapToObj(number -> executor.submit(() -> {
                        await(start);
                        return task.run(number);
                    }))
                    .toList();
            start.countDown();
            List<T> results = new ArrayList<>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("latch: still closed after 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
