package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.counter.Schemas;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What waits in an outbox is found wherever a look begins, and counting it costs no more than of a few. */
class OldestRowsTest {

    private static final int MANY = 100_000;

    private final DataSource database = Schemas.fresh(INVENTORY);
    private final SingleConnectionDataSource connection = connection(database);
    private final JdbcTemplate jdbc = new JdbcTemplate(connection);
    private final OldestRows rows = new OldestRows(jdbc, "inventory", new RefusedEvents(jdbc, INVENTORY));

    private static SingleConnectionDataSource connection(DataSource database) {
        try {
            return new SingleConnectionDataSource(database.getConnection(), true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        connection.destroy();
    }

    @Test
    void whatIsCommittedAfterLaterOnesAreSentIsFoundAllTheSame() throws Exception {
        try (var late = database.getConnection()) {
            late.setAutoCommit(false);
            late.createStatement().execute(inserted(1));
            jdbc.execute(inserted(100));
            jdbc.execute("delete from inventory.outbox");
            for (int i = 0; i < 5; i++) {
                assertThat(rows.leftBehind(Duration.ZERO, 10, Set.of())).isEmpty();
                assertThat(rows.age(List.of(Topology.INVENTORY_EVENTS))).isZero();
            }
            late.commit();
        }

        assertThat(rows.leftBehind(Duration.ZERO, 10, Set.of())).hasSize(1);
        assertThat(rows.count(10)).isEqualTo(1);
        jdbc.update("update inventory.outbox set created_at = created_at - interval '1 hour'");
        assertThat(rows.age(List.of(Topology.INVENTORY_EVENTS))).isGreaterThan(Duration.ofMinutes(59));
        jdbc.execute(inserted(1));
        assertThat(rows.leftBehind(Duration.ofMinutes(1), 10, Set.of())).hasSize(1);
    }

    /** A crash of the database undoes a deletion that did not wait for the disk, below where looks begin by now. */
    @Test
    void whatFollowsOneThatALookDoesNotSeeIsNotTakenBeforeIt() {
        var order = UUID.randomUUID();
        jdbc.execute(inserted(1));
        await().until(() -> {
            jdbc.execute("delete from inventory.outbox");
            for (int i = 0; i < 4; i++) {
                rows.age();
            }
            insertLongAgo(1, order);
            return rows.age().isZero();
        });
        var another = UUID.randomUUID();
        insertLongAgo(2, order);
        insertLongAgo(3, another);

        assertThat(leftBehind(rows)).containsExactly(another);
        assertThat(leftBehind(new OldestRows(jdbc, "inventory", new RefusedEvents(jdbc, INVENTORY))))
                .containsExactly(order, order, another);
    }

    private static List<UUID> leftBehind(OldestRows rows) {
        return rows.leftBehind(Duration.ofMinutes(1), 10, Set.of()).stream()
                .map(OutboxRow::orderId)
                .toList();
    }

    private void insertLongAgo(long position, UUID order) {
        jdbc.update("""
                insert into inventory.outbox
                    (position, id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, created_at)
                overriding system value
                values (?, gen_random_uuid(), 'inventory_events', ?, 'Any', '{}', 1, now(), now() - interval '1 hour')
                """, position, order);
    }

    @Test
    void aLookBeginsBehindWhatIsDeleted() {
        jdbc.execute(inserted(MANY));
        jdbc.execute("delete from inventory.outbox");
        for (int i = 0; i < 3; i++) {
            rows.age();
        }
        long before = pagesRead();
        for (int i = 0; i < 20; i++) {
            rows.age();
        }

        assertThat(pagesRead() - before)
                .as("of the 280 that are full of what was deleted")
                .isLessThan(200);
    }

    private long pagesRead() {
        jdbc.execute("select pg_stat_force_next_flush()");
        return jdbc.queryForObject("""
                select idx_blks_read + idx_blks_hit from pg_statio_all_indexes
                where schemaname = 'inventory' and indexrelname = 'outbox_pkey'""", Long.class);
    }

    @Test
    void manyAreEstimatedFromAFew() {
        assertThat(rows.count(MANY)).isZero();
        jdbc.execute(inserted(1_500));
        assertThat(rows.count(MANY)).isEqualTo(1_500);
        assertThat(rows.count(1_000)).isEqualTo(1_000);
        jdbc.execute(inserted(78_500));
        assertThat(rows.count(MANY)).isBetween(79_000L, 81_000L);
        jdbc.execute("delete from inventory.outbox where position % 2 = 0");
        assertThat(rows.count(MANY)).isBetween(38_000L, 42_000L);
        assertThat(rows.count(30_000)).isEqualTo(30_000);
        jdbc.execute("delete from inventory.outbox where position > 10");
        assertThat(rows.count(MANY)).isEqualTo(5);
    }

    private static String inserted(int count) {
        return """
                insert into inventory.outbox (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at)
                select gen_random_uuid(), 'inventory_events', gen_random_uuid(), 'Any', '{}', 1, now()
                from generate_series(1, %d)""".formatted(count);
    }
}
