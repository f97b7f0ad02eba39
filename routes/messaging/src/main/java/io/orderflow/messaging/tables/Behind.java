package io.orderflow.messaging.tables;

import io.orderflow.contracts.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Until when a role's relay was behind, or nobody watched whether it was: one row, by the database's clock. */
public final class Behind {

    private final JdbcTemplate jdbc;
    private final String schema;
    private final RefusedEvents refused;

    Behind(JdbcTemplate jdbc, String schema, RefusedEvents refused) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.refused = refused;
    }

    /** It is behind now. */
    public void note() {
        jdbc.update("""
                insert into %s.outbox_behind (until) values (clock_timestamp())
                on conflict (single) do update set until = greatest(outbox_behind.until, excluded.until)""".formatted(schema));
    }

    /** {@link Instant#EPOCH} if it never was. */
    public Instant until() {
        return jdbc.query(
                "select until from %s.outbox_behind".formatted(schema),
                rows -> rows.next() ? rows.getTimestamp(1).toInstant() : Instant.EPOCH);
    }

    /** Whether rows of these topics are older than an age. */
    public boolean anyOlderThan(Duration age, Collection<String> topics) {
        return !topics.isEmpty()
                && jdbc.queryForObject(
                        """
                        select exists (select from %s.outbox
                        where created_at < clock_timestamp() - make_interval(secs => ?)
                          and aggregatetype = any(string_to_array(?, ' ')))""".formatted(schema), Boolean.class, age.toMillis() / 1000.0, String.join(" ", topics));
    }

    /** How long the oldest row has waited, those aside that wait behind one that the broker refuses. */
    Duration oldestAge() {
        return age("true");
    }

    /** The same of the rows of these channels. */
    Duration oldestAge(Collection<Channel> channels) {
        return age(
                "aggregatetype = any(string_to_array(?, ' '))",
                channels.stream().map(Channel::topic).collect(Collectors.joining(" ")));
    }

    private Duration age(String which, Object... values) {
        var seconds = jdbc.queryForList(
                "select extract(epoch from clock_timestamp() - created_at) from %s.outbox waits where %s and %s order by position limit 1"
                        .formatted(schema, which, refused.notHeld("waits", "")),
                Double.class,
                values);
        return Duration.ofMillis(
                Math.max(0, Math.round(1000 * seconds.stream().findFirst().orElse(0.0))));
    }
}
