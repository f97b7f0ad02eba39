package io.orderflow.e2e.openapi;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the examples of operators' operations speak of, written where the app finds it, with nothing of it due. */
final class StoredForExamples {

    private static final String PARKED = "01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21";
    private static final String REFUSED = "01a209e9-7d20-7c77-a3c4-9b0b6e1f5a31";
    private static final String RELEASE = "01a209ea-1f00-7a10-8c11-2b7e5a4d9f01";
    private static final String OTHER_RELEASE = "01a209ea-1f00-7a10-8c11-2b7e5a4d9f02";

    private final JdbcTemplate sql;

    StoredForExamples(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * The ids that there really are, by operation, and for all others.
     *
     * @param parked four events: one that is discarded, one whose cause is gone, and two more
     */
    Map<String, Map<String, String>> instead(Map<String, String> others, List<String> parked) {
        var shown = Map.of(RELEASE, released("PAUSED", parked.get(3)));
        return Map.ofEntries(
                Map.entry("", others),
                Map.entry("ops.show-parked", Map.of(PARKED, parked.get(3))),
                Map.entry("ops.show-payload", Map.of(PARKED, parked.get(3))),
                Map.entry("ops.release-parked", Map.of(PARKED, parked.get(1))),
                Map.entry("ops.discard-parked", Map.of(PARKED, parked.get(2))),
                Map.entry("ops.make-release", Map.of(PARKED, parked.get(0))),
                Map.entry("ops.show-release", shown),
                Map.entry("ops.list-released", shown),
                Map.entry("ops.pause-release", Map.of(RELEASE, released("OPEN"), OTHER_RELEASE, released("PAUSED"))),
                Map.entry("ops.resume-release", Map.of(RELEASE, released("PAUSED"), OTHER_RELEASE, released("OPEN"))),
                Map.entry("ops.stop-release", Map.of(RELEASE, released("OPEN"), OTHER_RELEASE, released("STOPPED"))),
                Map.entry("ops.list-refused", Map.of(REFUSED, refused())),
                Map.entry("ops.discard-refused", Map.of(REFUSED, refused())));
    }

    /** Noted for the next hour, so that nobody tries to send it meanwhile. */
    private String refused() {
        return sql.queryForObject("""
                insert into orders.outbox (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, refused_at)
                values (gen_random_uuid(), 'order_events', gen_random_uuid(), 'OrderCreated', '{}', 1, now(),
                    now() + interval '1 hour') returning id""", String.class);
    }

    /** A release in a state, without events. */
    private String released(String state) {
        return sql.queryForObject("""
                insert into orders.release (id, action, what, caller, reason, call, state, per_minute, events, chosen_before,
                    ended_at)
                values (uuidv7(), 'RELEASE', 'reason=FAILED', 'eve', 'why', uuidv7(), ?, 600, 353, now(),
                    case when ? = 'STOPPED' then now() end) returning id""", String.class, state, state);
    }

    /** A release in a state, in which an event has failed again. */
    private String released(String state, String event) {
        var release = released(state);
        sql.update("""
                insert into orders.release_event (release, place, event, topic, key, follower, result, tried_at)
                select ?::uuid, 1, id, topic, key, false, 'FAILED_AGAIN', now() from orders.parked
                where id = ?::uuid""", release, event);
        return release;
    }
}
