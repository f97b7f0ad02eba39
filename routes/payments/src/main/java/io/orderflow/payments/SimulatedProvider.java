package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A payment provider in this process, for tests, demonstrations and load: it moves no money but keeps books as a real
 * one does, an append-only double-entry journal in a schema of its own. What it answers is chosen by the token, and
 * what it remembers is in its tables, so that a restart changes no answer.
 *
 * <p>A charge and the fence of its key meet in one unique row, so that whichever comes first decides, in any number of
 * processes.
 */
final class SimulatedProvider implements PaymentProvider {

    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final int FAILING_REFUNDS = 2;

    /** Captures unless the key has its outcome already; the books and the outcome are one statement. */
    private static final String CAPTURE = """
            with first as (
                insert into provider.charge (key, outcome, amount_minor, currency, token)
                values (?, 'CAPTURED', ?, ?, ?) on conflict (key) do nothing
                returning key, amount_minor, currency)
            insert into provider.journal (operation, key, debit, credit, amount_minor, currency)
            select 'charge', key, 'customer', 'merchant', amount_minor, currency from first""";

    private static final String DECLINE = """
            insert into provider.charge (key, outcome, amount_minor, currency, code)
            values (?, 'DECLINED', ?, ?, ?) on conflict (key) do nothing""";

    /** Tells whether the charge was captured with this amount and no other refund has it: its row is the lock. */
    private static final String REFUND = """
            with captured as (
                update provider.charge set refund_key = ?
                where key = ? and outcome = 'CAPTURED' and amount_minor = ? and currency = ?
                    and (refund_key is null or refund_key = ?)
                returning refund_key, amount_minor, currency),
            booked as (
                insert into provider.journal (operation, key, debit, credit, amount_minor, currency)
                select 'refund', refund_key, 'merchant', 'customer', amount_minor, currency from captured
                on conflict (operation, key) do nothing)
            select exists (select from captured)""";

    private static final String COUNT_CALL = """
            insert into provider.call as made (operation, key, times) values (?, ?, 1)
            on conflict (operation, key) do update set times = made.times + 1 returning times""";

    private final JdbcTemplate jdbc;

    SimulatedProvider(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public ChargeAnswer charge(String key, Money amount, String token) {
        outsideTransactions();
        return switch (token) {
            case "tok_visa", "tok_refund_fails_twice" -> capture(key, amount, token);
            case "tok_declined" -> decline(key, amount, "card_declined");
            case "tok_slow" -> {
                takeTime();
                yield capture(key, amount, token);
            }
            case "tok_timeout_charged" -> {
                if (capturesNow(key, amount, token)) {
                    throw new NoAnswer("time-out after the charge");
                }
                yield outcome(key);
            }
            case "tok_timeout_not_charged" -> {
                if (calls("charge", key) == 1) {
                    throw new NoAnswer("time-out before the charge");
                }
                yield capture(key, amount, token);
            }
            default -> decline(key, amount, "unknown_token");
        };
    }

    private ChargeAnswer capture(String key, Money amount, String token) {
        return capturesNow(key, amount, token) ? new ChargeAnswer.Captured() : outcome(key);
    }

    private boolean capturesNow(String key, Money amount, String token) {
        return jdbc.update(CAPTURE, key, amount.amountMinor(), amount.currency(), token) == 1;
    }

    private ChargeAnswer decline(String key, Money amount, String code) {
        jdbc.update(DECLINE, key, amount.amountMinor(), amount.currency(), code);
        return outcome(key);
    }

    private ChargeAnswer outcome(String key) {
        return jdbc.queryForObject(
                "select outcome, code from provider.charge where key = ?", SimulatedProvider::answer, key);
    }

    private static ChargeAnswer answer(ResultSet row, int number) throws SQLException {
        return switch (row.getString("outcome")) {
            case "CAPTURED" -> new ChargeAnswer.Captured();
            case "FENCED" -> new ChargeAnswer.Fenced();
            default -> new ChargeAnswer.Declined(row.getString("code"));
        };
    }

    @Override
    public Optional<Money> fence(String chargeKey) {
        outsideTransactions();
        jdbc.update(
                "insert into provider.charge (key, outcome) values (?, 'FENCED') on conflict (key) do nothing",
                chargeKey);
        return jdbc
                .query(
                        "select amount_minor, currency from provider.charge where key = ? and outcome = 'CAPTURED'",
                        (row, number) -> new Money(row.getLong(1), row.getString(2)),
                        chargeKey)
                .stream()
                .findFirst();
    }

    @Override
    public RefundAnswer refund(String key, String chargeKey, Money amount) {
        outsideTransactions();
        if (failsNow(key, chargeKey)) {
            throw new NoAnswer("the refund cannot be made now");
        }
        return refunds(key, chargeKey, amount)
                ? new RefundAnswer.Refunded()
                : new RefundAnswer.Refused("not_refundable");
    }

    private boolean failsNow(String key, String chargeKey) {
        var tokens = jdbc.queryForList("select token from provider.charge where key = ?", String.class, chargeKey);
        return tokens.contains("tok_refund_fails_twice") && calls("refund", key) <= FAILING_REFUNDS;
    }

    private boolean refunds(String key, String chargeKey, Money amount) {
        return jdbc.queryForObject(REFUND, Boolean.class, key, chargeKey, amount.amountMinor(), amount.currency(), key);
    }

    /** Counts a call, in the books, so that a restart does not begin anew. */
    private int calls(String operation, String key) {
        return jdbc.queryForObject(COUNT_CALL, Integer.class, operation, key);
    }

    /** It stands for another company: its books must not share the fate of a transaction of ours. */
    private static void outsideTransactions() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("provider: called inside a transaction (expected: by a worker)");
        }
    }

    private static void takeTime() {
        try {
            Thread.sleep(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted", e);
        }
    }
}
