package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.http.Idempotency;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.Planned;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** With 100,000 reservations and 20,000 articles stored no statement looks at all of them. */
class PlansTest {

    private final Planned database = new Planned(Schemas.fresh(Role.INVENTORY));
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final JdbcStockRows rows = new JdbcStockRows(jdbc, new Idempotency(jdbc, Role.INVENTORY), null);

    @Test
    void eachStatementLooksAtTheOrdersAndArticlesConcerned() {
        jdbc.execute("insert into inventory.reservation (order_id, state, lines, version)"
                + " select uuidv7(), 'SOLD', '[]', 2 from generate_series(1, 100000)");
        jdbc.execute("insert into inventory.stock_item (sku, on_hand)"
                + " select 'SKU-' || n, 100 from generate_series(1, 20000) n");
        jdbc.execute("set role inventory_migrator; analyze inventory.reservation; analyze inventory.stock_item");
        var skus = IntStream.range(1, 50).mapToObj(n -> "SKU-" + n).toList();
        var orders = jdbc.queryForList("select order_id from inventory.reservation limit 100", UUID.class);
        database.plans();

        rows.save(rows.reservations(orders));
        rows.move(rows.items(skus).stream()
                .map(item -> new StockRows.Movement(item.sku(), 0, 1, 0))
                .toList());
        jdbc.queryForList(JdbcStockRows.OLDEST_RESERVED, Double.class);
        OwnPlan.update(
                jdbc,
                JdbcStockRows.FORGET_RESERVATIONS,
                Timestamp.from(Instant.now().minusSeconds(3_600)),
                100);

        assertThat(database.wholeTables()).isEmpty();
    }
}
