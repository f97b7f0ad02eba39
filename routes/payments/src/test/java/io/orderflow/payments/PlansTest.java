package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Money;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.Planned;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** With 100,000 payments stored no statement looks at all of them, and a charge's end touches no index. */
class PlansTest {

    private final Planned database = new Planned(Schemas.fresh(Role.PAYMENTS, "provider"));
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final JdbcPaymentRows rows = new JdbcPaymentRows(jdbc);

    @Test
    void eachStatementLooksAtThePaymentsConcerned() {
        jdbc.execute("insert into payments.payment (order_id, state, amount_minor, currency)"
                + " select uuidv7(), 'CAPTURED', 1290, 'EUR' from generate_series(1, 100000)");
        jdbc.execute("set role payments_migrator; analyze payments.payment");
        var some = Stream.generate(UUID::randomUUID)
                .limit(100)
                .map(id -> new Payment(id, Payment.State.REQUESTED, new Money(1290, "EUR")))
                .toList();
        database.plans();

        rows.insert(some);
        rows.update(some);
        rows.load(some.stream().map(Payment::orderId).toList());
        rows.countFailing();
        OwnPlan.update(
                jdbc,
                JdbcPaymentRows.FORGET_PAYMENTS,
                Timestamp.from(Instant.now().minusSeconds(3_600)),
                100);

        assertThat(database.wholeTables()).isEmpty();
    }

    @Test
    void aChargesEndStaysInItsPage() {
        var payments = Stream.generate(UUID::randomUUID)
                .limit(1_000)
                .map(id -> new Payment(id, Payment.State.REQUESTED, new Money(1290, "EUR")))
                .toList();
        rows.insert(payments);

        long moved = new TransactionTemplate(new JdbcTransactionManager(database)).execute(status -> {
            rows.update(payments.stream()
                    .map(payment -> payment.in(Payment.State.CAPTURED))
                    .toList());
            return jdbc.queryForObject("""
                    select n_tup_upd - n_tup_hot_upd from pg_stat_xact_user_tables
                    where relid = 'payments.payment'::regclass""", Long.class);
        });

        assertThat(moved).isZero();
    }
}
