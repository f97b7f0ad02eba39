package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Payments in {@code payments.payment}, one statement for a batch. */
final class JdbcPaymentRows implements PaymentRows {

    /** Payments that are final since before a time, at most so many. */
    static final String FORGET_PAYMENTS = """
            delete from payments.payment where ctid = any (array(
                select ctid from payments.payment
                where updated_at < ? and state in ('CAPTURED', 'DECLINED', 'REFUNDED', 'VOIDED')
                limit ? for update skip locked))""";

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
                (row, number) -> {
                    var currency = row.getString("currency");
                    return new Payment(
                            row.getObject("order_id", UUID.class),
                            Payment.State.valueOf(row.getString("state")),
                            currency == null ? null : new Money(row.getLong("amount_minor"), currency));
                },
                (Object) orders.toArray(UUID[]::new));
    }

    @Override
    public void insert(Collection<Payment> payments) {
        if (payments.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                insert into payments.payment (order_id, state, amount_minor, currency, failing_since)
                select order_id, state, amount_minor, currency, case when state = 'REFUND_FAILED' then now() end
                from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[])
                    as row (order_id, state, amount_minor, currency)
                order by order_id""",
                ids(payments),
                states(payments),
                payments.stream().map(JdbcPaymentRows::amount).toArray(Long[]::new),
                payments.stream().map(JdbcPaymentRows::currency).toArray(String[]::new));
    }

    @Override
    public void update(Collection<Payment> payments) {
        if (payments.isEmpty()) {
            return;
        }
        jdbc.update("""
                update payments.payment set state = row.state, updated_at = now(),
                    failing_since = case when row.state = 'REFUND_FAILED' then coalesce(failing_since, now()) end
                from unnest(?::uuid[], ?::text[]) as row (order_id, state)
                where payment.order_id = row.order_id""", ids(payments), states(payments));
    }

    @Override
    public long countFailing() {
        return jdbc.queryForObject("""
                select count(*) from (
                    select from payments.payment
                     where failing_since is not null and state = 'REFUND_FAILED' limit 10000) failing""", Long.class);
    }

    private static UUID[] ids(Collection<Payment> payments) {
        return payments.stream().map(Payment::orderId).toArray(UUID[]::new);
    }

    private static String[] states(Collection<Payment> payments) {
        return payments.stream().map(payment -> payment.state().name()).toArray(String[]::new);
    }

    private static Long amount(Payment payment) {
        return payment.amount() == null ? null : payment.amount().amountMinor();
    }

    private static String currency(Payment payment) {
        return payment.amount() == null ? null : payment.amount().currency();
    }
}
