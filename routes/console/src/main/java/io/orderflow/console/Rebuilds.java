package io.orderflow.console;

import io.orderflow.contracts.Role;
import io.orderflow.http.Audit;
import io.orderflow.http.PlaceInTime;
import io.orderflow.messaging.Conditions;
import io.orderflow.messaging.Rereading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rebuilds: asked for by an operator, on record, one at a time, and carried on by any instance. Nothing is emptied for
 * one: what the topics hold is written over what there is, and what they hold no more stays, for nothing else knows it.
 */
final class Rebuilds {

    /** Those that ended before a time, at most so many. */
    static final String FORGET_REBUILDS = """
            delete from console.rebuild where id in (
                select id from console.rebuild where ended_at < ? order by asked_at limit ?)""";

    private static final String COLUMNS = "id, asked_at, ended_at, events, failed";

    private final JdbcTemplate jdbc;
    private final Rereading rereading;
    private final Audit audit;

    Rebuilds(JdbcTemplate jdbc, Rereading rereading, Audit audit) {
        this.jdbc = jdbc;
        this.rereading = rereading;
        this.audit = audit;
    }

    /** Notes a rebuild with the call that asked for it; null where one is under way. */
    RereadTopics ask(RebuildAsked asked) {
        int noted = jdbc.update("insert into console.rebuild (id) values (?) on conflict do nothing", asked.id());
        if (noted == 0) {
            return null;
        }
        audit.write(asked.call(), Audit.DONE);
        return new RereadTopics(asked.id());
    }

    /** Outside of any transaction: it takes as long as the topics are. */
    TopicsReread reread(RereadTopics work) {
        return new TopicsReread(work.orderId(), rereading.reread(Role.CONSOLE));
    }

    void end(TopicsReread reread) {
        jdbc.update(
                "update console.rebuild set ended_at = now(), events = ?, failed = ? where id = ?",
                reread.result().events(),
                reread.result().failed(),
                reread.rebuild());
    }

    /** The rebuilds from a place on back in time, or from the newest. */
    List<Rebuild> list(PlaceInTime from, int limit) {
        var conditions = new Conditions();
        if (from != null) {
            conditions.and("(asked_at, id) < (?, ?)", from.at().atOffset(ZoneOffset.UTC), from.id());
        }
        return jdbc.query(
                "select %s from console.rebuild where %s order by asked_at desc, id desc limit ?"
                        .formatted(COLUMNS, conditions.sql()),
                Rebuilds::rebuild,
                conditions.valuesAnd(limit));
    }

    Rebuild find(UUID id) {
        return jdbc.queryForObject(
                "select %s from console.rebuild where id = ?".formatted(COLUMNS), Rebuilds::rebuild, id);
    }

    private static Rebuild rebuild(ResultSet row, int number) throws SQLException {
        return new Rebuild(
                row.getObject("id", UUID.class),
                JdbcStoryRows.time(row, "asked_at"),
                JdbcStoryRows.time(row, "ended_at"),
                row.getObject("events", Long.class),
                row.getObject("failed", Long.class));
    }
}
