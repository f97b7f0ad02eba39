package io.orderflow.provider;

import io.orderflow.contracts.Money;
import io.orderflow.provider.ChargeResult.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A provider's books: an append-only double-entry journal, and what became of each key. A charge and the fence of its
 * key meet in one unique row, so that whichever comes first decides, in any number of processes; each change is one
 * statement, so that outcome and journal never differ. Outcomes of calls that come at the same time share one.
 */
public final class Books {

    private static final String SCHEMA = "/db/provider/V1__books.sql";

    /**
     * Of several outcomes for one key the first that is there stands; a capture is booked with it. Tells which those
     * are, and what stood before.
     */
    private static final String DECIDE = """
            with asked as materialized (
                select * from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                    with ordinality as row (key, outcome, amount_minor, currency, token, code, place)),
            decided as (
                insert into provider.charge (key, outcome, amount_minor, currency, token, code)
                select key, outcome, amount_minor, currency, token, code from asked
                order by key, place
                on conflict (key) do nothing
                returning key, outcome, amount_minor, currency, code),
            booked as (
                insert into provider.journal (operation, key, debit, credit, amount_minor, currency)
                select 'charge', key, 'customer', 'merchant', amount_minor, currency
                from decided where outcome = 'CAPTURED')
            select key, outcome, amount_minor, currency, code, true as is_new from decided
            union all
            select key, outcome, amount_minor, currency, code, false from provider.charge
            where key in (select key from asked)""";

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

    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource database;
    private final GroupCommit<Outcome, Decided> outcomes = new GroupCommit<>(this::decide);

    /** What is to become of a charge's key, unless that is decided already. */
    private record Outcome(String key, String outcome, Money amount, String token, String code) {

        Long amountMinor() {
            return amount == null ? null : amount.amountMinor();
        }

        String currency() {
            return amount == null ? null : amount.currency();
        }
    }

    /**
     * What stands under a key.
     *
     * @param isFirst whether it is the outcome that was asked for that decided
     * @param charge empty if another process was first while we asked
     */
    private record Decided(boolean isFirst, Optional<ChargeResult> charge) {}

    public Books(DataSource database) {
        this.database = database;
    }

    /** Makes the tables, in a database that has none yet. */
    public Books open() {
        if (one("select to_regclass('provider.journal') is not null", row -> row.getBoolean(1))
                .orElseThrow()) {
            return this;
        }
        try (var file = Books.class.getResourceAsStream(SCHEMA);
                var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new Unwritable(e);
        }
    }

    /** The books cannot be read or written at the moment. */
    public static final class Unwritable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Unwritable(SQLException cause) {
            super(cause);
        }
    }

    /** Whether this call captured it; not so if the key has its outcome already. */
    boolean captures(String key, Money amount, String token) {
        return decides(new Outcome(key, "CAPTURED", amount, token, null)).isFirst();
    }

    /** Whether this call declined it. */
    boolean declines(String key, Money amount, String code) {
        return decides(new Outcome(key, "DECLINED", amount, null, code)).isFirst();
    }

    /** Lets no charge through any more, and tells what stands under the key. */
    ChargeResult fence(String key) {
        return decides(new Outcome(key, "FENCED", null, null, null))
                .charge()
                .or(() -> charge(key))
                .orElseThrow();
    }

    private Decided decides(Outcome outcome) {
        try {
            return outcomes.write(outcome);
        } catch (SQLException e) {
            throw new Unwritable(e);
        }
    }

    /** Says of each outcome what stands under its key. */
    private List<Decided> decide(List<Outcome> outcomes) throws SQLException {
        Map<String, ChargeResult> standing = new HashMap<>();
        Set<String> decided = new HashSet<>();
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(DECIDE)) {
            statement.setArray(1, array(connection, "text", outcomes, Outcome::key));
            statement.setArray(2, array(connection, "text", outcomes, Outcome::outcome));
            statement.setArray(3, array(connection, "bigint", outcomes, Outcome::amountMinor));
            statement.setArray(4, array(connection, "text", outcomes, Outcome::currency));
            statement.setArray(5, array(connection, "text", outcomes, Outcome::token));
            statement.setArray(6, array(connection, "text", outcomes, Outcome::code));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    standing.put(rows.getString(1), chargeOf(rows));
                    if (rows.getBoolean("is_new")) {
                        decided.add(rows.getString(1));
                    }
                }
            }
        }
        return outcomes.stream()
                .map(outcome ->
                        new Decided(decided.remove(outcome.key()), Optional.ofNullable(standing.get(outcome.key()))))
                .toList();
    }

    private static Array array(
            Connection connection, String type, List<Outcome> outcomes, Function<Outcome, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, outcomes.stream().map(value).toArray());
    }

    /** What became of a charge's key. */
    public Optional<ChargeResult> charge(String key) {
        return one(
                "select key, outcome, amount_minor, currency, code from provider.charge where key = ?",
                Books::chargeOf,
                key);
    }

    private static ChargeResult chargeOf(ResultSet row) throws SQLException {
        var outcome = row.getString("outcome");
        var currency = row.getString("currency");
        return new ChargeResult(
                row.getString("key"),
                outcome.equals("FENCED") ? Status.VOIDED : Status.valueOf(outcome),
                currency == null ? null : new Money(row.getLong("amount_minor"), currency),
                row.getString("code"));
    }

    /**
     * Gives back what a charge captured, all of it and once.
     *
     * @throws KeyReused if the key refunded something else
     */
    Refund refund(String key, String chargeKey, Money amount) {
        if (refunds(key, chargeKey, amount)) {
            return new Refund(key, chargeKey, amount);
        }
        if (refund(key).isPresent()) {
            throw new KeyReused(key);
        }
        return new Refund(key, chargeKey, null);
    }

    private boolean refunds(String key, String chargeKey, Money amount) {
        try {
            return one(REFUND, row -> row.getBoolean(1), key, chargeKey, amount.amountMinor(), amount.currency(), key)
                    .orElseThrow();
        } catch (Unwritable e) {
            if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                throw new KeyReused(key);
            }
            throw e;
        }
    }

    /** The refund with this key, if it was made. */
    public Optional<Refund> refund(String key) {
        return one(
                "select refund_key, key, amount_minor, currency from provider.charge where refund_key = ?",
                row -> new Refund(row.getString(1), row.getString(2), new Money(row.getLong(3), row.getString(4))),
                key);
    }

    /** The token that a charge was captured with. */
    Optional<String> token(String chargeKey) {
        return one(
                "select token from provider.charge where key = ? and token is not null",
                row -> row.getString(1),
                chargeKey);
    }

    /** Counts a call, in the books, so that a restart does not begin anew; answers how many it were. */
    int calls(String operation, String key) {
        return one(COUNT_CALL, row -> row.getInt(1), operation, key).orElseThrow();
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> one(String sql, Row<T> read, Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            set(statement, values);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(read.read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new Unwritable(e);
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
