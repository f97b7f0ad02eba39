package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.ParkedSearch.Follower;
import io.orderflow.messaging.ParkedSearch.Header;
import io.orderflow.messaging.ParkedSearch.Listed;
import io.orderflow.messaging.ParkedSearch.Part;
import io.orderflow.messaging.ParkedSearch.Whole;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One parked record of a role with everything about it. What is under a key that can be erased is read by nobody: its
 * headers and its value stay in the table until they go.
 */
public final class ParkedWhole {

    /** How many headers, and how many followers are shown. */
    public static final int MOST_SHOWN = 100;

    /** How many bytes of a header are shown. */
    public static final int MOST_OF_A_HEADER = 1_000;

    private final JdbcTemplate jdbc;
    private final Role role;
    private final Predicate<String> erasable;

    /** @param erasable whether the values of a topic can be erased */
    public ParkedWhole(JdbcTemplate jdbc, Role role, Predicate<String> erasable) {
        this.jdbc = jdbc;
        this.role = role;
        this.erasable = erasable;
    }

    /** What a row has beside what a list shows of it. */
    private record Rest(Listed event, long position, byte[] sha256, Long bytes, List<Header> headers, String stack) {}

    /** The record with this id. */
    public Optional<Whole> find(UUID id) {
        return jdbc
                .query(
                        "%s, position, sha256, octet_length(value) as bytes, headers, stack from %s.parked where id = ?"
                                .formatted(ParkedLists.LISTED, role),
                        this::rest,
                        id)
                .stream()
                .findFirst()
                .map(this::whole);
    }

    private Rest rest(ResultSet row, int number) throws SQLException {
        var event = ParkedLists.listed(row, role);
        return new Rest(
                event,
                row.getLong("position"),
                row.getBytes("sha256"),
                row.getObject("bytes") == null ? null : row.getLong("bytes"),
                erasable.test(event.event().topic()) ? List.of() : headers(row.getString("headers")),
                row.getString("stack"));
    }

    private static List<Header> headers(String kept) {
        return KeptHeaders.read(kept).stream()
                .limit(MOST_SHOWN)
                .map(header -> new Header(
                        header.name(),
                        header.value() == null
                                ? null
                                : Arrays.copyOf(header.value(), Math.min(header.value().length, MOST_OF_A_HEADER)),
                        header.value() == null ? 0 : header.value().length))
                .toList();
    }

    private Whole whole(Rest rest) {
        var event = rest.event().event();
        boolean holdsUp = rest.event().state() == State.PARKED && event.reason().holdsUpItsOrder();
        var followers = holdsUp ? followers(event.topic(), event.key(), rest.position()) : List.<Follower>of();
        return new Whole(
                rest.event(),
                rest.sha256(),
                rest.bytes(),
                erasable.test(event.topic()),
                rest.headers(),
                rest.stack(),
                holdsUp ? before(event.topic(), event.key(), rest.position()) : null,
                followers.stream().limit(MOST_SHOWN).toList(),
                followers.size() > MOST_SHOWN);
    }

    /** The head of its key, unless it is that itself. */
    private UUID before(String topic, String key, long position) {
        return jdbc.queryForList("""
                        select id from %s.parked
                        where topic = ? and key = ? and state = 'PARKED' and position < ? and reason <> 'NOT_UNDERSTOOD'
                        order by position limit 1""".formatted(role), UUID.class, topic, key, position).stream()
                .findFirst()
                .orElse(null);
    }

    private List<Follower> followers(String topic, String key, long position) {
        return jdbc.query(
                """
                select id, event_type, reason, parked_at from %s.parked
                where topic = ? and key = ? and state = 'PARKED' and position > ? and reason <> 'NOT_UNDERSTOOD'
                order by position limit ?""".formatted(role),
                (row, number) -> new Follower(
                        row.getObject("id", UUID.class),
                        row.getString("event_type"),
                        Reason.valueOf(row.getString("reason")),
                        row.getTimestamp("parked_at").toInstant()),
                topic,
                key,
                position,
                MOST_SHOWN + 1);
    }

    /** A part of its value. */
    public Optional<Part> payload(UUID id, int from, int bytes) {
        return jdbc
                .query(
                        """
                        select topic, octet_length(value) as size, substring(value from ? for ?) as part
                        from %s.parked where id = ?""".formatted(role),
                        (row, number) -> part(
                                row.getObject("size") == null ? null : row.getLong("size"),
                                erasable.test(row.getString("topic")),
                                row.getBytes("part")),
                        from + 1,
                        bytes,
                        id)
                .stream()
                .findFirst();
    }

    private Part part(Long size, boolean withheld, byte[] part) {
        return new Part(role, size, withheld, withheld || part == null ? new byte[0] : part);
    }
}
