package io.orderflow.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.e2e.shop.Shop;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A connection keeps the plan that it has made for a statement. One that was made on the first day, when the table had
 * a few rows, must be good for many.
 */
class KeptPlansTest {

    @Test
    void aPlanMadeForASmallTableStillLeadsByTheIndexWhenItIsLarge() throws Exception {
        try (var connection =
                Shop.withEveryRole().instance().get(HikariDataSource.class).getConnection()) {
            var sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            sql.execute("create temporary table kept (id uuid primary key, due_at timestamptz)");
            sql.execute("create index kept_due on kept (due_at)");
            sql.execute("insert into kept values (uuidv7(), now())");
            sql.execute("analyze kept");
            sql.execute("prepare those(uuid[]) as select due_at from kept where id = any($1)");
            sql.execute("prepare due(timestamptz, int) as"
                    + " select id from kept where due_at <= $1 order by due_at limit $2 for update skip locked");
            for (int i = 0; i < 10; i++) {
                sql.queryForList("execute those(array[uuidv7()])");
                sql.queryForList("execute due(now(), 10)");
            }
            sql.execute("insert into kept select uuidv7(), now() from generate_series(1, 10000)");

            assertThat(String.join("\n", sql.queryForList("explain execute those(array[uuidv7()])", String.class)))
                    .contains("kept_pkey")
                    .doesNotContain("Seq Scan");
            assertThat(String.join("\n", sql.queryForList("explain execute due(now(), 10)", String.class)))
                    .contains("kept_due")
                    .doesNotContain("Sort");
            assertThat(sql.queryForList("select generic_plans > 0 from pg_prepared_statements", Boolean.class))
                    .contains(true);
            sql.execute("drop table kept; deallocate all");
        }
    }

    /** Few ids at a time would else be planned for anew each time, for longer than it takes to find them. */
    @Test
    void aStatementIsPlannedOnceForWhateverValuesItGets() throws Exception {
        try (var connection =
                Shop.withEveryRole().instance().get(HikariDataSource.class).getConnection()) {
            var sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            sql.execute("create temporary table few (id uuid primary key)");
            sql.execute("prepare one(uuid[]) as select id from few where id = any($1)");
            for (int i = 0; i < 10; i++) {
                sql.queryForList("execute one(array[uuidv7()])");
            }

            var planned = "select custom_plans from pg_prepared_statements where name = 'one'";
            assertThat(sql.queryForObject(planned, Long.class)).isZero();
            sql.execute("drop table few; deallocate all");
        }
    }

    /** Servers before 18 would take a table that has to be read from end to end for dear enough to compile. */
    @Test
    void noStatementIsCompiled() throws Exception {
        try (var connection =
                Shop.withEveryRole().instance().get(HikariDataSource.class).getConnection()) {
            var sql = new JdbcTemplate(new SingleConnectionDataSource(connection, true));

            assertThat(sql.queryForObject("show jit", String.class)).isEqualTo("off");
        }
    }
}
