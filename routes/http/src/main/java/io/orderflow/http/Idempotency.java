package io.orderflow.http;

import io.orderflow.contracts.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The requests that took effect, by the key that their clients gave them, so that sending one again changes nothing and
 * gets the same answer. A key belongs to a caller and an operation and is claimed in the transaction that does what the
 * request asks for: both happen, or neither.
 *
 * <p>A batch of requests claims its keys with one statement, in one order everywhere, so that batches wait for each
 * other and never in a circle. Whoever loses waits until the winner has committed and reads its answer with a second
 * statement, because the first one cannot see it yet.
 *
 * <p>The table is part of the service's own migrations:
 *
 * <pre>{@code
 * create table idempotency_key (
 *     caller      text        not null,
 *     operation   text        not null,
 *     key         text        not null,
 *     body_sha256 bytea       not null,
 *     answer      text,
 *     claimed_at  timestamptz not null default now(),
 *     primary key (caller, operation, key)
 * );
 * create index on idempotency_key (claimed_at);
 * }</pre>
 */
public final class Idempotency {

    private static final Comparator<Id> CLAIM_ORDER =
            Comparator.comparing(Id::caller).thenComparing(Id::operation).thenComparing(Id::key);

    private final JdbcTemplate jdbc;
    private final String claim;
    private final String read;
    private final String answer;
    private final String forget;

    /**
     * A request that wants its key.
     *
     * @param operation what the key is for, for example {@code place-order}
     * @param bodyHash see {@link Request#bodyHash}
     * @param answer what to say to those who send it again, or null where it is known only later: then {@link
     *     Idempotency#answer} must follow in the same transaction
     */
    public record Claim(String caller, String operation, String key, String bodyHash, String answer) {

        /** The same claim, with its answer. */
        public Claim answered(String text) {
            return new Claim(caller, operation, key, bodyHash, text);
        }

        /** Whether it is the other one's key that it wants. */
        public boolean hasKeyOf(Claim other) {
            return id().equals(other.id());
        }

        private Id id() {
            return new Id(caller, operation, key);
        }
    }

    /** What came of a claim. */
    public sealed interface Claimed {

        /** The key is new: do it. */
        record First() implements Claimed {}

        /**
         * It was done before.
         *
         * @param answer what the first one was answered; null only if that one is in the same batch and has not been
         *     answered yet
         */
        record Again(String answer) implements Claimed {}

        /** The key was used for a request with another body: {@link Problem#idempotencyKeyReused}. */
        record OtherBody() implements Claimed {}
    }

    private record Id(String caller, String operation, String key) {}

    private record Row(Id id, String bodyHash, String answer) {}

    public Idempotency(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        var table = role + ".idempotency_key";
        this.claim = "insert into " + table + " (caller, operation, key, body_sha256, answer)"
                + " select * from unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::text[])"
                + " on conflict do nothing returning caller, operation, key";
        this.read = "select k.caller, k.operation, k.key, k.body_sha256, k.answer from " + table + " k"
                + " join unnest(?::text[], ?::text[], ?::text[]) asked (caller, operation, key)"
                + " using (caller, operation, key)";
        this.forget = "delete from " + table + " where (caller, operation, key) in"
                + " (select * from unnest(?::text[], ?::text[], ?::text[]))";
        this.answer = "update " + table + " k set answer = a.answer"
                + " from unnest(?::text[], ?::text[], ?::text[], ?::text[]) a (caller, operation, key, answer)"
                + " where k.caller = a.caller and k.operation = a.operation and k.key = a.key";
    }

    /**
     * Claims the keys of a batch of requests, in the transaction on this thread. Of several with one key in the batch
     * the first one wins.
     *
     * @return what came of each claim, in the order of the claims
     */
    public List<Claimed> claim(List<Claim> claims) {
        Map<Id, Claim> wanted = new LinkedHashMap<>();
        claims.forEach(one -> wanted.putIfAbsent(one.id(), one));
        if (wanted.isEmpty()) {
            return List.of();
        }
        var sorted = wanted.values().stream()
                .sorted(Comparator.comparing(Claim::id, CLAIM_ORDER))
                .toList();
        var won = insert(sorted);
        Map<Id, Row> lost = new HashMap<>();
        read(sorted.stream().filter(one -> !won.contains(one.id())).toList()).forEach(row -> lost.put(row.id(), row));
        List<Claimed> results = new ArrayList<>(claims.size());
        Set<Id> given = new HashSet<>();
        for (var one : claims) {
            var first = wanted.get(one.id());
            if (!won.contains(one.id())) {
                results.add(again(one, found(one, lost)));
            } else if (given.add(one.id())) {
                results.add(new Claimed.First());
            } else {
                results.add(again(one, new Row(first.id(), first.bodyHash(), first.answer())));
            }
        }
        return results;
    }

    /**
     * What the request was answered that took effect under this key; empty where there is none, or none that has
     * committed yet.
     */
    public Optional<String> given(String caller, String operation, String key) {
        var asked = new Claim(caller, operation, key, null, null);
        return read(List.of(asked)).stream().findFirst().map(Row::answer);
    }

    /** Answers claims that were made without one, in the same transaction. */
    public void answer(List<Claim> answered) {
        if (answered.isEmpty()) {
            return;
        }
        var sorted = answered.stream()
                .sorted(Comparator.comparing(Claim::id, CLAIM_ORDER))
                .toList();
        int rows = jdbc.update(
                answer,
                texts(sorted, Claim::caller),
                texts(sorted, Claim::operation),
                texts(sorted, Claim::key),
                texts(sorted, Claim::answer));
        if (rows != sorted.size()) {
            throw new IllegalStateException("idempotency keys answered: " + rows + " (expected: " + sorted.size()
                    + ", all claimed in this transaction)");
        }
    }

    /**
     * Gives claims of this transaction back, for nothing was done for them: who sends such a request again, as it was
     * or corrected, is answered anew.
     */
    public void forget(List<Claim> claims) {
        if (!claims.isEmpty()) {
            jdbc.update(
                    forget, texts(claims, Claim::caller), texts(claims, Claim::operation), texts(claims, Claim::key));
        }
    }

    private static Claimed again(Claim one, Row first) {
        return first.bodyHash().equals(one.bodyHash()) ? new Claimed.Again(first.answer()) : new Claimed.OtherBody();
    }

    private static Row found(Claim one, Map<Id, Row> lost) {
        var row = lost.get(one.id());
        if (row == null || row.answer() == null) {
            throw new IllegalStateException(one.operation() + ": an idempotency key is taken and has no answer"
                    + " (expected: read committed isolation, and an answer in the claiming transaction)");
        }
        return row;
    }

    private Set<Id> insert(List<Claim> sorted) {
        return new HashSet<>(jdbc.query(
                claim,
                (rows, number) -> new Id(rows.getString(1), rows.getString(2), rows.getString(3)),
                texts(sorted, Claim::caller),
                texts(sorted, Claim::operation),
                texts(sorted, Claim::key),
                hashes(sorted),
                texts(sorted, Claim::answer)));
    }

    private List<Row> read(List<Claim> sorted) {
        if (sorted.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                read,
                (rows, number) -> new Row(
                        new Id(rows.getString(1), rows.getString(2), rows.getString(3)),
                        HexFormat.of().formatHex(rows.getBytes(4)),
                        rows.getString(5)),
                texts(sorted, Claim::caller),
                texts(sorted, Claim::operation),
                texts(sorted, Claim::key));
    }

    private static String[] texts(List<Claim> claims, Function<Claim, String> part) {
        return claims.stream().map(part).toArray(String[]::new);
    }

    private static byte[][] hashes(List<Claim> claims) {
        return claims.stream()
                .map(one -> HexFormat.of().parseHex(one.bodyHash()))
                .toArray(byte[][]::new);
    }
}
