package io.orderflow.messaging.schema;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.counter.Schemas;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class MigrationsTest {

    private static final String WAITING =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    @Test
    void aMigrationKeepsNobodyWaitingBehindItselfAndIsTriedAgain() throws Exception {
        var database = Schemas.fresh(INVENTORY);
        var jdbc = new JdbcTemplate(database);
        CompletableFuture<Void> migrated;
        try (var user = database.getConnection();
                var another = database.getConnection();
                var statement = another.createStatement()) {
            user.setAutoCommit(false);
            user.createStatement().execute("lock table inventory.outbox in row exclusive mode");
            migrated = CompletableFuture.runAsync(() -> Migrations.migrate(database, INVENTORY, List.of("later")));
            await().atMost(Duration.ofSeconds(60)).until(() -> jdbc.queryForObject(WAITING, Long.class) == 1);

            statement.execute("set lock_timeout = '30s'");
            statement.execute("select count(*) from inventory.outbox");

            assertThat(migrated).isNotDone();
            user.rollback();
        }
        migrated.get(60, TimeUnit.SECONDS);
        assertThat(jdbc.queryForList("select later from inventory.outbox")).isEmpty();
    }

    /** A reader who goes on to write waits for the migration, which waits for the reader: one of them gives way. */
    @Test
    void aMigrationThatADeadlockEndsIsTriedAgain() throws Exception {
        var database = Schemas.fresh(INVENTORY);
        var jdbc = new JdbcTemplate(database);
        CompletableFuture<Void> migrated;
        try (var user = database.getConnection();
                var statement = user.createStatement();
                var pace = database.getConnection();
                var holds = pace.createStatement()) {
            holds.execute("select pg_advisory_lock(4711)");
            user.setAutoCommit(false);
            statement.execute("select count(*) from inventory.outbox");
            migrated = CompletableFuture.runAsync(() -> Migrations.migrate(database, INVENTORY, List.of("upgrading")));
            await().until(() -> jdbc.queryForObject(WAITING, Long.class) == 1);
            var writes = CompletableFuture.supplyAsync(() -> deletes(statement), Thread::startVirtualThread);
            await().until(() -> jdbc.queryForObject(WAITING, Long.class) == 2);

            holds.execute("select pg_advisory_unlock(4711)");

            assertThat(writes.get(60, TimeUnit.SECONDS)).isZero();
            assertThat(migrated).isNotDone();
            user.rollback();
        }
        migrated.get(60, TimeUnit.SECONDS);
        assertThat(jdbc.queryForList("select upgraded from inventory.outbox")).isEmpty();
    }

    private static int deletes(Statement statement) {
        try {
            return statement.executeUpdate("delete from inventory.outbox");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
