package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Work;
import io.orderflow.messaging.counter.Counter;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Requests in a real PostgreSQL. */
class WorkRowsTest {

    private static final DriverManagerDataSource DATABASE = Schemas.fresh(INVENTORY);
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);

    private final WorkRows work = new WorkRows(JDBC, INVENTORY);

    @Test
    void aLargeBacklogHidesNoOther() {
        store("charge", 5);
        store("refund", 1);
        JDBC.update("update inventory.work set created_at = now() - interval '1 hour' where channel = 'refund'");

        var backlogs = work.backlog(List.of("charge", "refund", "idle"), 3);

        assertThat(backlogs.get("charge").requests()).isEqualTo(3);
        assertThat(backlogs.get("refund").requests()).isEqualTo(1);
        assertThat(backlogs.get("refund").oldest()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
        assertThat(backlogs.get("idle")).isEqualTo(new WorkBacklog(0, Duration.ZERO));
    }

    private record Later(UUID orderId) implements Work {

        @Override
        public Duration delay() {
            return Duration.ofHours(1);
        }
    }

    @Test
    void whatIsPutOffIsNotOldBeforeItIsDue() {
        work.store(List.of(Newborn.due("later", new Requested(new Later(UUID.randomUUID()), null))));
        JDBC.update("update inventory.work set created_at = created_at - interval '10 min' where channel = 'later'");

        assertThat(work.backlog(List.of("later"), 3).get("later")).isEqualTo(new WorkBacklog(1, Duration.ZERO));
        assertThat(work.claim("later", null, 1, 0, Duration.ofMinutes(1)).begun())
                .isEmpty();
    }

    @Test
    void whatIsTriedForTheFirstTimeIsNotOldUnlessItHangs() {
        store("think", 1);
        work.claim("think", null, 1, 0, Duration.ofMinutes(1));

        age("interval '10 min'");
        assertThat(oldestThatThinks()).isZero();
        age("interval '30 min'");
        assertThat(oldestThatThinks()).as("it hangs").isGreaterThanOrEqualTo(Duration.ofMinutes(30));
        age("interval '10 min', attempts = 2");
        assertThat(oldestThatThinks()).as("again").isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        age("interval '10 min', attempts = 1, due_at = now()");
        assertThat(oldestThatThinks()).as("nobody is at it").isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    private static void age(String age) {
        JDBC.update("update inventory.work set created_at = now() - " + age + " where channel = 'think'");
    }

    private Duration oldestThatThinks() {
        return work.backlog(List.of("think"), 3).get("think").oldest();
    }

    /** The planner chooses such plans by itself while its statistics say that the table is nearly empty. */
    @Test
    void noMoreIsClaimedThanWorkersAreFreeHoweverTheDatabaseGoesAboutIt() {
        store("mail", 50);
        var connection = new SingleConnectionDataSource(DATABASE.getUrl(), DATABASE.getUsername(), "", true);
        try {
            var jdbc = new JdbcTemplate(connection);
            for (var way : List.of("hashjoin", "mergejoin", "indexscan", "bitmapscan", "material", "hashagg", "sort")) {
                jdbc.execute("set enable_" + way + " = off");
            }

            var claimed = new WorkRows(jdbc, INVENTORY)
                    .claim("mail", null, 7, 0, Duration.ofMinutes(1))
                    .begun();

            assertThat(claimed).hasSize(7);
            assertThat(JDBC.queryForObject("select count(lease) from inventory.work where channel = 'mail'", int.class))
                    .isEqualTo(7);
        } finally {
            connection.destroy();
        }
    }

    @Test
    void aClaimBeginsSomeAndLetsOthersWaitThatWereNeverTried() {
        store("many", 5);
        store("late", 1);

        var first = work.claim("many", null, 2, 2, Duration.ofMinutes(1));
        assertThat(first.begun()).extracting(WorkItem::attempt).containsExactly(1, 1);
        assertThat(first.waiting()).extracting(WorkItem::attempt).containsExactly(0, 0);
        assertThat(first.isAll()).isFalse();
        assertThat(work.begin(first.waiting())).extracting(WorkItem::attempt).containsExactly(1, 1);

        var last = work.claim("many", null, 2, 2, Duration.ofMinutes(1));
        assertThat(last.begun()).hasSize(1);
        assertThat(last.isAll()).isTrue();

        first.begun().forEach(item -> work.retry(item, Duration.ZERO, "again"));
        first.waiting().forEach(item -> work.retry(item, Duration.ZERO, "again"));
        var again = work.claim("many", null, 1, 9, Duration.ofMinutes(1));
        assertThat(again.begun()).extracting(WorkItem::attempt).containsExactly(2);
        assertThat(again.waiting()).isEmpty();
        assertThat(again.isAll()).as("three more are due").isFalse();

        again.begun().forEach(item -> work.retry(item, Duration.ZERO, "again"));
        JDBC.update(
                "update inventory.work set due_at = now() - interval '1 h' where attempts > 1 and channel = 'many'");
        store("many", 2);
        var behind = work.claim("many", null, 1, 9, Duration.ofMinutes(1));
        assertThat(behind.begun()).extracting(WorkItem::attempt).containsExactly(3);
        assertThat(behind.waiting()).as("behind what was tried").isEmpty();
        assertThat(behind.isAll()).isFalse();
    }

    /** The same process may have lost one to itself. */
    @Test
    void aRowIsHeldByItsOwnLeaseAlone() {
        store("crossed", 2);
        var first = work.claim("crossed", null, 2, 0, Duration.ZERO).begun();
        var second = work.claim("crossed", null, 2, 0, Duration.ofMinutes(1)).begun();
        var other = second.stream()
                .filter(item -> !item.id().equals(first.getFirst().id()))
                .findFirst()
                .orElseThrow();
        var crossed = List.of(first.getFirst(), other);

        assertThat(work.begin(crossed)).containsExactly(other);
        work.release(crossed);

        assertThat(JDBC.queryForList(
                        "select attempts from inventory.work where channel = 'crossed' order by attempts", int.class))
                .containsExactly(2, 3);
        assertThat(work.claim("crossed", null, 2, 0, Duration.ofMinutes(1)).begun())
                .extracting(WorkItem::id)
                .containsExactly(other.id());
    }

    /** A join would go over all of a table that was empty when its plan was made. */
    @Test
    void rowsAreLookedUpByTheirIdsWhateverTheTableWasWhenItWasPlanned() {
        JDBC.execute("analyze inventory.work");
        var planned = new Planned(DATABASE);
        var rows = new WorkRows(new JdbcTemplate(planned), INVENTORY);
        store("plan", 2);
        var claimed = rows.claim("plan", null, 1, 1, Duration.ofMinutes(1));
        var items = Stream.concat(claimed.begun().stream(), claimed.waiting().stream())
                .toList();
        rows.renew(items, Duration.ofMinutes(1));
        rows.begin(items);
        rows.release(items);
        rows.delete(items.stream().map(WorkItem::id).toList());

        assertThat(planned.plans())
                .contains("order by due_at", "make_interval", "attempts + 1", "lease = null", "delete")
                .contains("Index Cond: (id = held.id)")
                .doesNotContain("Join Filter");
    }

    /** What a crash undoes of it leaves rows due, which is what a lease that ends does; what was asked for is kept. */
    @Test
    void noLeaseWaitsForTheDisk() {
        var connection = new SingleConnectionDataSource(DATABASE.getUrl(), DATABASE.getUsername(), "", true);
        try {
            var jdbc = new JdbcTemplate(connection);
            var transaction = new TransactionTemplate(new DataSourceTransactionManager(connection));
            Function<Consumer<WorkRows>, String> commit = step -> transaction.execute(status -> {
                step.accept(new WorkRows(jdbc, INVENTORY));
                return jdbc.queryForObject("show synchronous_commit", String.class);
            });
            var requested = new Requested(new Counter.Ask(UUID.randomUUID()), null);
            List<WorkItem> held = new ArrayList<>();

            assertThat(commit.apply(rows -> rows.store(List.of(Newborn.due("leased", requested)))))
                    .isEqualTo("on");
            assertThat(commit.apply(rows -> held.addAll(rows.claim("leased", null, 1, 0, Duration.ofMinutes(1))
                            .begun())))
                    .isEqualTo("off");
            assertThat(commit.apply(rows -> rows.renew(held, Duration.ofMinutes(1))))
                    .isEqualTo("off");
            assertThat(commit.apply(rows -> assertThat(rows.begin(held)).hasSize(1)))
                    .isEqualTo("off");
            assertThat(commit.apply(rows -> rows.delete(List.of(held.getFirst().id()))))
                    .isEqualTo("on");
        } finally {
            connection.destroy();
        }
    }

    private void store(String channel, int count) {
        work.store(Stream.generate(() -> Newborn.due(channel, new Requested(new Counter.Ask(UUID.randomUUID()), null)))
                .limit(count)
                .toList());
    }
}
