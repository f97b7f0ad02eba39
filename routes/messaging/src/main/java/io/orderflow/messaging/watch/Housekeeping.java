package io.orderflow.messaging.watch;

import io.orderflow.contracts.Channel;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.tables.Tables;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps a role's schema from growing for ever: inbox days, parked events and releases that have ended, releases that
 * were paused and left, sequence numbers of orders long finished, and what the service's {@link Retention}s say. One
 * instance at a time.
 */
public final class Housekeeping implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int SLICE = 5_000;

    private final Tables tables;
    private final Leases leases;
    private final JdbcTemplate jdbc;
    private final ClockWatch clock;
    private final Outages outages;
    private final Duration releaseWindow;
    private final Duration parkedRetention;
    private final Collection<String> erasable;
    private final Duration auditRetention;
    private final List<Retention> retentions;
    private final Function<UUID, Parking.Result> release;
    private final Stopper stopper = new Stopper();
    private final Thread thread;

    /**
     * @param clock who knows whether this process may forget anything
     * @param releaseWindow how long a release may be paused: later its events may not be released any more
     * @param parkedRetention how long released and discarded events and releases stay for inspection, and how long
     *     erasable ones wait for their release
     * @param heard the channels that the role hears
     * @param auditRetention how long operators' calls are on record
     * @param retentions the services'; those of other roles are left to others
     * @param release handles a parked event of this role now
     */
    public Housekeeping(
            Tables tables,
            Leases leases,
            JdbcTemplate jdbc,
            ClockWatch clock,
            Outages outages,
            Duration releaseWindow,
            Duration parkedRetention,
            Collection<Channel> heard,
            Duration auditRetention,
            List<Retention> retentions,
            Function<UUID, Parking.Result> release) {
        this.tables = tables;
        this.leases = leases;
        this.jdbc = jdbc;
        this.clock = clock;
        this.outages = outages;
        this.releaseWindow = releaseWindow;
        this.parkedRetention = parkedRetention;
        this.erasable =
                heard.stream().filter(Channel::compacted).map(Channel::topic).toList();
        this.auditRetention = auditRetention;
        this.retentions = retentions.stream()
                .filter(retention -> retention.role().equals(tables.role()))
                .toList();
        this.release = release;
        this.thread = Thread.ofVirtual().name(tables.role() + "-housekeeping").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    private void work() {
        while (!stopper.isStopped()) {
            try {
                runIfNobodyElseDoes();
            } catch (RuntimeException | Error e) {
                outages.report(log, tables.role() + ": housekeeping", "it is tried again", e);
            }
            try {
                stopper.pause(EVERY, "housekeeping");
            } catch (Failures.Stopping e) {
                return;
            }
        }
    }

    /** Does all of it once; false while another instance holds the lease, or this one's clock is wrong. */
    boolean runIfNobodyElseDoes() {
        if (clock.isWrong()) {
            return false;
        }
        if (!leases.hold(tables.role(), "housekeeping", EVERY.dividedBy(2)).isMine()) {
            return false;
        }
        attempt("inbox days", () -> tables.inbox().keepDays());
        attempt("parked events that have ended", () -> tables.parked().forgetEnded(parkedRetention));
        attempt("paused releases", this::stopPaused);
        attempt("releases that have ended", () -> tables.parked().releases().forgetEnded(parkedRetention));
        attempt("parked events that can be erased", this::eraseParked);
        attempt("sequence numbers", () -> forget(sequenceNumbers()));
        attempt("audit", this::forgetAudit);
        retentions.forEach(retention -> attempt(retention.name(), () -> forget(retention)));
        return true;
    }

    /** One that fails keeps no other from its work. */
    private void attempt(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            outages.report(log, tables.role() + ": housekeeping: " + name, "it is tried again", e);
        }
    }

    /** Nobody would miss them, and each keeps the names of all its events. */
    private void stopPaused() {
        tables.parked()
                .releases()
                .stopPaused(releaseWindow)
                .forEach(id -> log.warn(
                        "{}: release {} was paused for {} and is stopped; what it had not tried is parked",
                        tables.role(),
                        id,
                        releaseWindow));
    }

    /** An erasure that is parked itself takes effect, and what was parked before it goes with it. */
    private void eraseParked() {
        var erasure = tables.parked().erasure();
        erasure.eraseEnded(erasable);
        erasure.parkedErasures(erasable)
                .forEach(id -> log.warn("{}: the erasure parked as {}: {}", tables.role(), id, release.apply(id)));
        int given = erasure.eraseOlderThan(parkedRetention, erasable);
        if (given > 0) {
            log.warn(
                    "{}: {} events on {} were parked for {} and released by nobody; they are erased and given up",
                    tables.role(),
                    given,
                    erasable,
                    parkedRetention);
        }
    }

    /** By the age of an order's last event: who speaks again later goes on counting. */
    private Retention sequenceNumbers() {
        return new Retention(tables.role(), "sequence numbers", parkedRetention, """
                with slice as materialized (
                    select order_id from %1$s.outbox_sequence as done where last_at < ?
                      and not exists (select from %1$s.outbox where aggregateid = done.order_id)
                    limit ? for update skip locked)
                delete from %1$s.outbox_sequence
                where order_id = any (array(select order_id from slice))""".formatted(tables.role()));
    }

    /** Through the migrator's function: the role itself may only add to the record. */
    private void forgetAudit() {
        jdbc.queryForObject(
                "select %s.forget_audit(clock_timestamp() - make_interval(secs => ?))".formatted(tables.role()),
                Long.class,
                auditRetention.toSeconds());
    }

    private void forget(Retention retention) {
        // By the database's clock, as every date that a retention looks at.
        var before = jdbc.queryForObject(
                "select clock_timestamp() - make_interval(secs => ?)",
                Timestamp.class,
                retention.age().toMillis() / 1000.0);
        int all = 0;
        int slice;
        do {
            slice = OwnPlan.update(jdbc, retention.sql(), before, SLICE);
            all += slice;
        } while (slice == SLICE && !stopper.isStopped());
        if (all > 0) {
            log.info("{}: forgot {} {}", retention.role(), all, retention.name());
        }
    }

    @Override
    public void close() {
        stopper.stop();
    }
}
