package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Money;
import io.orderflow.payments.PaymentProvider.ChargeAnswer;
import io.orderflow.payments.PaymentProvider.NoAnswer;
import io.orderflow.payments.PaymentProvider.RefundAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A provider's promises, kept on a real database; here by the one in this process. */
class SimulatedProviderTest {

    private static final Money TOTAL = new Money(2580, "EUR");
    private static final ChargeAnswer CAPTURED = new ChargeAnswer.Captured();
    private static final ChargeAnswer FENCED = new ChargeAnswer.Fenced();

    private static HikariDataSource pool;

    private final String key = "charge-" + UUID.randomUUID();
    private final String refundKey = key.replace("charge", "refund");

    @BeforeAll
    static void migrate() {
        pool = PaymentsDatabase.fresh();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    /** Each call to one that was just started, so that nothing is remembered but in the books. */
    PaymentProvider provider() {
        return new SimulatedProvider(pool);
    }

    /** The database with the provider's books. */
    JdbcTemplate books() {
        return new JdbcTemplate(pool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_visa", "tok_slow", "tok_refund_fails_twice"})
    void aGoodTokenIsChargedOnceHoweverOftenItIsSent(String token) {
        assertThat(provider().charge(key, TOTAL, token)).isEqualTo(CAPTURED);
        assertThat(provider().charge(key, TOTAL, token)).isEqualTo(CAPTURED);

        assertThat(booked()).containsExactly("charge customer merchant 2580 EUR");
    }

    @ParameterizedTest
    @CsvSource({"tok_declined, card_declined", "tok_unheard_of, unknown_token"})
    void aBadTokenIsDeclinedForGood(String token, String code) {
        assertThat(provider().charge(key, TOTAL, token)).isEqualTo(new ChargeAnswer.Declined(code));
        assertThat(provider().charge(key, TOTAL, "tok_visa")).isEqualTo(new ChargeAnswer.Declined(code));

        assertThat(provider().fence(key)).isEmpty();
        assertThat(booked()).isEmpty();
    }

    @Test
    void aChargeWhoseAnswerIsLostIsFoundWhenItIsSentAgain() {
        assertThatThrownBy(() -> provider().charge(key, TOTAL, "tok_timeout_charged"))
                .isInstanceOf(NoAnswer.class);
        assertThat(booked()).hasSize(1);

        assertThat(provider().charge(key, TOTAL, "tok_timeout_charged")).isEqualTo(CAPTURED);
        assertThat(booked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_answered_twice", "tok_garbage"})
    void aChargeWhoseAnswerCannotBeReadIsFoundWhenItIsSentAgain(String token) {
        assertThatThrownBy(() -> provider().charge(key, TOTAL, token)).isInstanceOf(NoAnswer.class);

        assertThat(provider().charge(key, TOTAL, token)).isEqualTo(CAPTURED);
        assertThat(booked()).hasSize(1);
    }

    @Test
    void aRefusalWhoseAnswerIsLostIsFoundWhenItIsSentAgain() {
        assertThatThrownBy(() -> provider().charge(key, TOTAL, "tok_late_refusal"))
                .isInstanceOf(NoAnswer.class);

        assertThat(provider().charge(key, TOTAL, "tok_late_refusal"))
                .isEqualTo(new ChargeAnswer.Declined("card_declined"));
        assertThat(booked()).isEmpty();
    }

    @Test
    void notNowIsNeitherYesNorNo() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> provider().charge(key, TOTAL, "tok_unavailable"))
                    .isInstanceOf(NoAnswer.class);
        }
        assertThat(booked()).isEmpty();
        assertThat(provider().charge(key, TOTAL, "tok_unavailable")).isEqualTo(CAPTURED);
    }

    @Test
    void aChargeThatNeverArrivedIsMadeWhenItIsSentAgain() {
        assertThatThrownBy(() -> provider().charge(key, TOTAL, "tok_timeout_not_charged"))
                .isInstanceOf(NoAnswer.class);
        assertThat(booked()).isEmpty();

        assertThat(provider().charge(key, TOTAL, "tok_timeout_not_charged")).isEqualTo(CAPTURED);
        assertThat(booked()).hasSize(1);
    }

    @Test
    void aRefundThatFailsTwiceWorksTheThirdTimeAndOnce() {
        provider().charge(key, TOTAL, "tok_refund_fails_twice");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> provider().refund(refundKey, key, TOTAL)).isInstanceOf(NoAnswer.class);
        }
        assertThat(booked()).hasSize(1);
        for (int i = 0; i < 2; i++) {
            assertThat(provider().refund(refundKey, key, TOTAL)).isEqualTo(new RefundAnswer.Refunded());
        }
        assertThat(booked()).containsExactly("charge customer merchant 2580 EUR", "refund merchant customer 2580 EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_visa", "tok_declined", "tok_timeout_charged", "tok_refund_fails_twice"})
    void aChargeThatComesAfterTheFenceFails(String token) {
        assertThat(provider().fence(key)).isEmpty();
        assertThat(provider().fence(key)).isEmpty();

        assertThat(provider().charge(key, TOTAL, token)).isEqualTo(FENCED);
        assertThat(booked()).isEmpty();
    }

    @Test
    void aFenceTellsWhatTheChargeBeforeItCaptured() {
        provider().charge(key, TOTAL, "tok_visa");

        assertThat(provider().fence(key)).contains(TOTAL);
        assertThat(provider().charge(key, TOTAL, "tok_visa")).isEqualTo(CAPTURED);
    }

    @Test
    void nothingIsRefundedThatWasNotCapturedOrTwice() {
        var refused = new RefundAnswer.Refused("not_refundable");
        assertThat(provider().refund(refundKey, key, TOTAL)).isEqualTo(refused);
        provider().charge(key, TOTAL, "tok_visa");

        assertThat(provider().refund(refundKey, key, new Money(2581, "EUR"))).isEqualTo(refused);
        assertThat(provider().refund(refundKey, key, new Money(2580, "USD"))).isEqualTo(refused);
        assertThat(provider().refund(refundKey, key, TOTAL)).isEqualTo(new RefundAnswer.Refunded());
        assertThat(provider().refund(refundKey + "-again", key, TOTAL)).isEqualTo(refused);
        assertThat(booked()).hasSize(2);
    }

    @Test
    void aKeyThatComesWithSomethingElseHasNoEffect() {
        var other = key + "-2";
        provider().charge(key, TOTAL, "tok_visa");
        provider().charge(other, TOTAL, "tok_visa");
        provider().refund(refundKey, key, TOTAL);

        assertThatThrownBy(() -> provider().charge(key, new Money(2581, "EUR"), "tok_visa"))
                .isInstanceOf(NoAnswer.class);
        assertThatThrownBy(() -> provider().refund(refundKey, other, TOTAL)).isInstanceOf(NoAnswer.class);
        assertThatThrownBy(() -> provider().refund(refundKey, key, new Money(2579, "EUR")))
                .isInstanceOf(NoAnswer.class);
        assertThat(booked()).hasSize(2);
        assertThat(provider().refund(refundKey + "-2", other, TOTAL)).isEqualTo(new RefundAnswer.Refunded());
    }

    @Test
    void ofAChargeAndItsFenceWhicheverComesFirstDecides() throws Exception {
        int captures = 0;
        for (int round = 0; round < 60; round++) {
            var raced = "race-" + UUID.randomUUID();
            List<Callable<Object>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(() -> provider().charge(raced, TOTAL, "tok_visa"));
                calls.add(() -> provider().fence(raced));
            }
            Collections.shuffle(calls);
            var answers = atOnce(calls);

            boolean captured = answers.contains(CAPTURED);
            captures += captured ? 1 : 0;
            assertThat(answers.contains(FENCED)).as("one of them wins").isNotEqualTo(captured);
            assertThat(answers).contains(captured ? Optional.of(TOTAL) : Optional.empty());
            assertThat(answers).doesNotContain(captured ? Optional.empty() : Optional.of(TOTAL));
            assertThat(booked(raced)).hasSize(captured ? 1 : 0);
        }
        assertThat(captures).as("each wins at times").isBetween(1, 59);
    }

    @Test
    void aRefundSentByManyAtOnceIsMadeOnce() throws Exception {
        provider().charge(key, TOTAL, "tok_visa");

        var answers = atOnce(Collections.nCopies(8, () -> provider().refund(refundKey, key, TOTAL)));

        assertThat(answers).containsOnly(new RefundAnswer.Refunded());
        assertThat(booked()).hasSize(2);
    }

    @Test
    void theJournalIsAppendOnly() {
        provider().charge(key, TOTAL, "tok_visa");

        for (var change : List.of(
                "update provider.journal set amount_minor = 0",
                "delete from provider.journal",
                "truncate provider.journal")) {
            assertThatThrownBy(() -> books().update(change))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("permission denied");
            assertThatThrownBy(() -> books().execute("set role payments_migrator; " + change))
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("append-only");
        }
    }

    @Test
    void itIsNeverCalledInsideATransaction() {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        List<Runnable> calls = List.of(
                () -> provider().charge(key, TOTAL, "tok_visa"),
                () -> provider().fence(key),
                () -> provider().refund(refundKey, key, TOTAL));

        for (var call : calls) {
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> call.run()))
                    .hasMessageContaining("by a worker");
        }
    }

    private static List<Object> atOnce(List<Callable<Object>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            List<Object> answers = new ArrayList<>();
            for (var future : threads.invokeAll(calls)) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    private List<String> booked() {
        return booked(key);
    }

    /** What the journal says about an order, in the order of booking. */
    private List<String> booked(String chargeKey) {
        return books().queryForList("""
                select concat_ws(' ', operation, debit, credit, amount_minor, currency)
                from provider.journal where right(key, 36) = right(?, 36) order by at""", String.class, chargeKey);
    }
}
