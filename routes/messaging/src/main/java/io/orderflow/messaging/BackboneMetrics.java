package io.orderflow.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator sees of the backbone. Counters count at once; figures that need the database are read by a thread of their own every few seconds, so that a
 * scrape never waits for it.
 */
final class BackboneMetrics implements Backlogs, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackboneMetrics.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final MeterRegistry meters;
    private final Stopper stopper = new Stopper();
    private final Map<String, Figures> figures = new ConcurrentHashMap<>();

    /** The latest figures of a role; not a number until they have been read. */
    private static final class Figures {
        private volatile double outboxPending = Double.NaN;
        private volatile double outboxAge = Double.NaN;
        private volatile double parked = Double.NaN;
        private volatile double notUnderstood = Double.NaN;
        private volatile double work = Double.NaN;
    }

    BackboneMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void watch(Backbone backbone) {
        var role = backbone.role();
        var read = new Figures();
        figures.put(role.name(), read);
        gauge("outbox.pending", "events that the broker has not acknowledged", role, () -> read.outboxPending);
        gauge("outbox.oldest.age.seconds", "how long the oldest of them waits", role, () -> read.outboxAge);
        gauge("parked", "events set aside that hold up their order", role, () -> read.parked);
        gauge(
                "not.understood",
                "events of a type or version that this release does not know",
                role,
                () -> read.notUnderstood);
        gauge("work.pending", "requests to workers, waiting or under way", role, () -> read.work);
        Thread.ofVirtual().name(role + "-metrics").start(() -> work(backbone, read));
    }

    private void gauge(String name, String description, Role role, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .tag("role", role.name())
                .register(meters);
    }

    private void work(Backbone backbone, Figures read) {
        while (!stopper.isStopped()) {
            try {
                read.outboxPending = backbone.outbox.depth(COUNTED);
                read.outboxAge = backbone.outbox.oldestAge().toMillis() / 1000.0;
                read.parked = backbone.parked.count(true);
                read.notUnderstood = backbone.parked.count(false);
                read.work = backbone.work.count();
            } catch (RuntimeException e) {
                log.debug("{}: figures: {}", backbone.role(), Failures.describe(e));
            }
            try {
                stopper.pause(EVERY, "metrics");
            } catch (Failures.Stopping e) {
                return;
            }
        }
    }

    @Override
    public Optional<Backlog> of(String role) {
        return Optional.ofNullable(figures.get(role))
                .filter(read -> !Double.isNaN(read.outboxAge))
                .map(read -> new Backlog((long) read.outboxPending, Duration.ofMillis((long) (read.outboxAge * 1000))));
    }

    void arrived(Role role, Channel channel, int handled, int duplicates) {
        count("inbox.handled", role, channel, handled);
        count("inbox.duplicates", role, channel, duplicates);
    }

    void skipped(Role role, Channel channel, int events) {
        count("inbox.skipped", role, channel, events);
    }

    void waited(Role role, Channel channel) {
        count("inbox.waits", role, channel, 1);
    }

    void parked(Role role, Channel channel, ParkedRows.Reason reason) {
        meters.counter("events.parked", "role", role.name(), "topic", channel.topic(), "reason", reason.name())
                .increment();
    }

    private void count(String name, Role role, Channel channel, int events) {
        if (events > 0) {
            meters.counter(name, "role", role.name(), "topic", channel.topic()).increment(events);
        }
    }

    @Override
    public void close() {
        stopper.stop();
    }
}
