package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Payments in {@code payments.payment}, one statement for a batch. */
final class JdbcPaymentRows implements PaymentRows {

    private final JdbcTemplate jdbc;

    JdbcPaymentRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Payment> load(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                """
                select order_id, state, amount_minor, currency from payments.payment
                where order_id = any(?) order by order_id for update""",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", orders.toArray())),
                (row, number) -> {
                    var currency = row.getString("currency");
                    return new Payment(
                            row.getObject("order_id", UUID.class),
                            Payment.State.valueOf(row.getString("state")),
                            currency == null ? null : new Money(row.getLong("amount_minor"), currency));
                });
    }

    @Override
    public void insert(Collection<Payment> payments) {
        if (payments.isEmpty()) {
            return;
        }
        jdbc.update("""
                insert into payments.payment (order_id, state, amount_minor, currency)
                select order_id, state, amount_minor, currency
                from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[])
                    as row (order_id, state, amount_minor, currency)
                order by order_id""", statement -> {
            statesOf(statement, payments);
            statement.setArray(3, array(statement, "bigint", payments, JdbcPaymentRows::amount));
            statement.setArray(4, array(statement, "text", payments, JdbcPaymentRows::currency));
        });
    }

    @Override
    public void update(Collection<Payment> payments) {
        if (payments.isEmpty()) {
            return;
        }
        jdbc.update("""
                update payments.payment set state = row.state, updated_at = now()
                from unnest(?::uuid[], ?::text[]) as row (order_id, state)
                where payment.order_id = row.order_id""", statement -> statesOf(statement, payments));
    }

    @Override
    public long countFailing() {
        return jdbc.queryForObject("select count(*) from payments.payment where state = 'REFUND_FAILED'", Long.class);
    }

    private static void statesOf(PreparedStatement statement, Collection<Payment> payments) throws SQLException {
        statement.setArray(1, array(statement, "uuid", payments, Payment::orderId));
        statement.setArray(
                2, array(statement, "text", payments, payment -> payment.state().name()));
    }

    private static Array array(
            PreparedStatement statement, String type, Collection<Payment> payments, Function<Payment, Object> value)
            throws SQLException {
        Connection connection = statement.getConnection();
        return connection.createArrayOf(type, payments.stream().map(value).toArray());
    }

    private static Object amount(Payment payment) {
        return payment.amount() == null ? null : payment.amount().amountMinor();
    }

    private static Object currency(Payment payment) {
        return payment.amount() == null ? null : payment.amount().currency();
    }
}
