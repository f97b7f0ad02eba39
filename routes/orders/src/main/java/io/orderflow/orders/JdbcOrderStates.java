package io.orderflow.orders;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The states of orders in PostgreSQL, found by their ids. */
final class JdbcOrderStates implements OrderStates {

    /** What an {@link Order} is made of. */
    static final String COLUMNS = """
            id, customer_id, status, reason, payment_status, payment_settled, stock_status, \
            total_minor, currency, created_at
            """;

    private static final String READ_ORDERS = "select " + COLUMNS + "from orders.orders where id = any (?)";

    /** A cancelled order is settled once payments and inventory have both answered the cancellation. */
    static final String STANDINGS = """
            select id, case when status = 'CANCELLED' and settled then 'SETTLED' else status end as state
              from orders.orders""";

    private static final String READ_STEPS = """
            select recorded_at, status, event, by from orders.order_history
             where order_id = ? order by position offset ?""";

    private final JdbcTemplate jdbc;

    JdbcOrderStates(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Order> read(Collection<UUID> ids) {
        return jdbc.query(READ_ORDERS, (row, at) -> order(row), (Object) ids.toArray(UUID[]::new));
    }

    @Override
    public List<OrderView.Step> stepsAfter(UUID id, int first) {
        return jdbc.query(
                READ_STEPS,
                (row, at) -> new OrderView.Step(
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        Status.valueOf(row.getString("status")),
                        row.getString("event"),
                        row.getString("by")),
                id,
                first);
    }

    /** A row of {@link #COLUMNS}. */
    static Order order(ResultSet row) throws SQLException {
        var reason = row.getString("reason");
        return new Order(
                row.getObject("id", UUID.class),
                row.getString("customer_id"),
                new Money(row.getLong("total_minor"), row.getString("currency")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Status.valueOf(row.getString("status")),
                reason == null ? null : CancellationReason.valueOf(reason),
                PaymentStatus.valueOf(row.getString("payment_status")),
                row.getBoolean("payment_settled"),
                StockStatus.valueOf(row.getString("stock_status")));
    }
}
