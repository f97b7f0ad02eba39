package io.orderflow.messaging.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Releases.State;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.Waiting;
import io.orderflow.messaging.relay.KafkaCluster;
import io.orderflow.messaging.tables.ParkedRows;
import io.orderflow.messaging.tables.ReleaseLists;
import io.orderflow.messaging.tables.Tables;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What only the database and the broker know: how much waits, for how long, and how far each consumer is behind. Two
 * threads a role read it every few seconds, so that a scrape waits for nobody and costs nothing; the longer reading
 * takes, the more seldom it happens. A figure that cannot be read is not a number, never yesterday's;
 * {@code figures_age_seconds} says since when.
 */
public final class Gauges implements Backlogs, AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LAG_EVERY = Duration.ofSeconds(10);
    private static final int WORK_COUNTED = 10_000;
    private static final int MOST_COUNTED_PARKED = 10_000;

    private final MeterRegistry meters;
    private final Topology topology;
    private final KafkaCluster kafka;
    private final KafkaProgress progress;
    private final ClockWatch clock;
    private final JdbcTemplate jdbc;
    private final ObjectProvider<Waiting> overdue;
    private final StoppedConsumers stopped;
    private final ObjectProvider<CamelContext> camel;
    private final Outages outages;
    private final Stopper stopper = new Stopper();
    private final Map<String, Backlog> backlogs = new ConcurrentHashMap<>();

    public Gauges(
            MeterRegistry meters,
            Topology topology,
            KafkaCluster kafka,
            KafkaProgress progress,
            ClockWatch clock,
            JdbcTemplate jdbc,
            ObjectProvider<Waiting> overdue,
            StoppedConsumers stopped,
            ObjectProvider<CamelContext> camel,
            Outages outages) {
        this.meters = meters;
        this.topology = topology;
        this.kafka = kafka;
        this.progress = progress;
        this.clock = clock;
        this.jdbc = jdbc;
        this.overdue = overdue;
        this.stopped = stopped;
        this.camel = camel;
        this.outages = outages;
    }

    /**
     * Reads a role's figures from now on.
     *
     * @param queues the names of the channels that the role has workers for
     * @param paused the topics that this instance cannot write at the moment
     */
    public void watch(Tables tables, Supplier<Collection<String>> queues, Supplier<Collection<String>> paused) {
        var role = tables.role();
        for (var channel : topology.writtenBy(role)) {
            register(
                    "relay.paused",
                    "1 while the topic does not take this process' events, so that it leaves them to others",
                    Tags.of("role", role.name(), "topic", channel.topic()),
                    () -> paused.get().contains(channel.topic()) ? 1 : 0);
        }
        for (var channel : topology.readBy(role)) {
            register(
                    "consumer.running",
                    "1 while the role hears the topic, 0 while its consumer is stopped",
                    Tags.of("role", role.name(), "topic", channel.topic()),
                    () -> isRunning(role, channel) ? 1 : 0);
        }
        var database = new FigureSource(meters, outages, stopper, role, "database");
        Thread.ofVirtual()
                .name(role + "-figures")
                .start(() -> database.keepReading(EVERY, () -> readDatabase(tables, queues.get(), database)));
        var broker = new FigureSource(meters, outages, stopper, role, "broker");
        Thread.ofVirtual().name(role + "-lag").start(() -> broker.keepReading(LAG_EVERY, () -> readLag(role, broker)));
    }

    private void readDatabase(Tables tables, Collection<String> queues, FigureSource database) {
        var role = tables.role();
        long waiting = tables.outbox().depth(COUNTED);
        backlogs.put(role.name(), new Backlog(waiting, tables.outbox().oldestAge(topology.answeredTo(role))));
        database.set("outbox.pending", "events that the broker has not acknowledged", Tags.empty(), waiting);
        database.set(
                "outbox.oldest.age.seconds",
                "how long the oldest of them waits",
                Tags.empty(),
                seconds(tables.outbox().oldestAge()));
        database.set(
                "outbox.refused.orders",
                "orders that wait behind an event that the broker refuses",
                Tags.empty(),
                tables.outbox().refused().orders());
        database.set(
                "clock.ahead.seconds",
                "how far this process' clock is ahead of the database's",
                Tags.empty(),
                seconds(clock.ahead()));
        overdue.stream()
                .filter(rows -> rows.role().equals(role))
                .forEach(rows -> database.set(rows.gauge(), rows.description(), Tags.empty(), age(rows)));
        readParked(tables, database);
        readReleases(tables.parked().releases().lists().open(MOST_COUNTED_PARKED), database);
        if (!queues.isEmpty()) {
            readWork(tables, queues, database);
        }
    }

    private double age(Waiting rows) {
        return jdbc.queryForList(rows.sql(), Double.class).stream()
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0.0);
    }

    private void readParked(Tables tables, FigureSource database) {
        var parked = tables.parked().count(MOST_COUNTED_PARKED);
        for (var channel : topology.readBy(tables.role())) {
            for (var reason : Reason.values()) {
                var cause = new ParkedRows.Cause(channel.topic(), reason);
                database.set(
                        "parked.events",
                        "events parked and not released",
                        Tags.of("topic", channel.topic(), "reason", Counters.tag(reason)),
                        parked.getOrDefault(cause, 0L));
            }
        }
    }

    private static void readReleases(ReleaseLists.Open open, FigureSource database) {
        var counts = Map.of(State.WAITING, open.waiting(), State.RUNNING, open.running(), State.PAUSED, open.paused());
        counts.forEach((state, releases) -> database.set(
                "parked.releases",
                "releases of many parked events that are not over",
                Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                releases));
        database.set(
                "parked.releases.oldest.age.seconds",
                "how long ago the release that runs was made",
                Tags.empty(),
                seconds(open.oldest()));
    }

    private static void readWork(Tables tables, Collection<String> queues, FigureSource database) {
        var role = tables.role();
        var channels = queues.stream()
                .map(queue -> new EndpointName(role, queue).toString())
                .toList();
        var work = tables.work().backlog(channels, WORK_COUNTED);
        for (var queue : queues) {
            var backlog = work.get(new EndpointName(role, queue).toString());
            database.set(
                    "work.pending",
                    "requests to workers, waiting or under way",
                    Tags.of("queue", queue),
                    backlog.requests());
            database.set(
                    "work.oldest.age.seconds",
                    "how long the oldest of them waits",
                    Tags.of("queue", queue),
                    seconds(backlog.oldest()));
        }
    }

    @Override
    public Optional<Backlog> of(String role) {
        return Optional.ofNullable(backlogs.get(role));
    }

    private void readLag(Role role, FigureSource broker) throws Exception {
        progress.lag(role)
                .forEach((partition, events) -> broker.set(
                        "kafka.consumer.lag",
                        "events of the partition that the role has not handled yet, as the broker sees it",
                        Tags.of(
                                "topic",
                                kafka.declared(partition.topic()),
                                "partition",
                                String.valueOf(partition.partition())),
                        events));
    }

    private boolean isRunning(Role role, Channel channel) {
        var context = camel.getIfAvailable();
        var status = context == null
                ? null
                : context.getRouteController()
                        .getRouteStatus(EndpointName.hearing(role, channel).adapterRoute());
        return status != null && status.isStarted() && !stopped.has(role, channel);
    }

    private void register(String name, String description, Tags tags, Supplier<Number> value) {
        FigureSource.register(meters, name, description, tags, value);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    @Override
    public void close() {
        stopper.stop();
    }
}
