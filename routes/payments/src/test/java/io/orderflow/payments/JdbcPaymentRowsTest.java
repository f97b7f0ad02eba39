package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Money;
import io.orderflow.payments.Payment.State;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcPaymentRowsTest {

    private static final Money TOTAL = new Money(2580, "EUR");

    private static HikariDataSource pool;

    private final UUID order = UUID.randomUUID();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final JdbcPaymentRows rows = new JdbcPaymentRows(jdbc);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));

    @BeforeAll
    static void migrate() {
        pool = PaymentsDatabase.fresh();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void aBatchComesBackAsItWasStored() {
        var barrier = new Payment(UUID.randomUUID(), State.VOIDED, null);
        var payment = new Payment(order, State.REQUESTED, TOTAL);

        rows.insert(List.of(payment, barrier));

        assertThat(rows.load(List.of(order, barrier.orderId(), UUID.randomUUID())))
                .containsExactlyInAnyOrder(payment, barrier);
    }

    @ParameterizedTest
    @EnumSource
    void everyStateCanBeStored(State state) {
        var payment = new Payment(order, State.REQUESTED, TOTAL);
        var other = new Payment(UUID.randomUUID(), State.REQUESTED, TOTAL);
        rows.insert(List.of(payment, other));

        rows.update(List.of(payment.in(state)));

        assertThat(rows.load(List.of(order))).containsExactly(payment.in(state));
        assertThat(rows.load(List.of(other.orderId()))).containsExactly(other);
    }

    @Test
    void aPaymentThatExistsIsNotStoredAgain() {
        rows.insert(List.of(new Payment(order, State.VOIDED, null)));

        assertThatThrownBy(() -> rows.insert(List.of(
                        new Payment(UUID.randomUUID(), State.REQUESTED, TOTAL),
                        new Payment(order, State.REQUESTED, TOTAL))))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void whatIsLoadedIsLockedUntilTheTransactionEnds() throws Exception {
        rows.insert(List.of(new Payment(order, State.REQUESTED, TOTAL)));

        try (var other = Executors.newSingleThreadExecutor()) {
            transaction.executeWithoutResult(status -> {
                rows.load(List.of(order));
                var attempt = other.submit(() -> lockNow());
                assertThatThrownBy(attempt::get).hasMessageContaining("could not obtain lock");
            });
            assertThat(other.submit(() -> lockNow()).get()).isEqualTo(1);
        }
    }

    private int lockNow() {
        return jdbc.queryForList("select 1 from payments.payment where order_id = ? for update nowait", order)
                .size();
    }

    @Test
    void refundsThatKeepFailingAreCounted() {
        long before = rows.countFailing();

        rows.insert(Arrays.stream(State.values())
                .map(state -> new Payment(UUID.randomUUID(), state, TOTAL))
                .toList());

        assertThat(rows.countFailing()).isEqualTo(before + 1);
        var payment = new Payment(order, State.UNDOING, TOTAL);
        rows.insert(List.of(payment));
        rows.update(List.of(payment.in(State.REFUND_FAILED)));
        assertThat(rows.countFailing()).isEqualTo(before + 2);
        rows.update(List.of(payment.in(State.REFUNDED)));
        assertThat(rows.countFailing()).isEqualTo(before + 1);
    }
}
