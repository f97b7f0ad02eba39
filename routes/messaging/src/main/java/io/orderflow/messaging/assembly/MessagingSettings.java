package io.orderflow.messaging.assembly;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.Limits;
import io.orderflow.messaging.flow.Sharing;
import io.orderflow.messaging.flow.Working;
import io.orderflow.messaging.inbound.Handling;
import io.orderflow.messaging.inbound.Polling;
import io.orderflow.messaging.relay.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The backbone's settings, {@code orderflow.messaging.*}. Values that contradict each other are refused at start-up.
 *
 * @param brokers the Kafka bootstrap addresses, host:port separated by commas
 * @param prefix stands before every topic and consumer group, for several systems on one cluster; empty for none
 * @param certificates a folder with {@code user.crt}, {@code user.key} and {@code ca.crt}: the role shows its
 *     certificate to the brokers; empty for none
 * @param kafka any other setting of the Kafka clients (security, time-outs), by Kafka's own names
 * @param schema whether the process brings its roles' schemas up to date itself, {@code migrate}, or waits until a
 *     migrator has, {@code await}
 * @param schemaPatience how long it waits for that
 * @param pollRecords the most records of one batch
 * @param maxPollInterval how long a consumer may be busy with a batch before the broker gives its partitions to
 *     another; half of it is waited for infrastructure that is away
 * @param attempts how often an event that fails is tried before it is parked
 * @param waiting how many messages may wait for a shared transaction on one channel before more are refused
 * @param transactionMessages the most messages that share a transaction
 * @param answersTogether how long the answer of work waits for those of the work beside it, to share their transaction
 * @param workers how many pieces of work of one channel are under way at once
 * @param workersOf the same for single channels, by {@code role.name}
 * @param slowWorkersOf how many more may be under way on single channels, by {@code role.name}, once they are slow;
 *     none for the others
 * @param slowAfter when a piece of work is slow: it leaves its place among the workers to the next and goes on beside
 *     them
 * @param handedOver how many pieces of work of one channel wait in memory for a worker before more are left to be
 *     claimed from the table; where they wait for longer than a third of their lease a tenth of it
 * @param workLease how long a piece of work stays with a worker that has died; a living one renews it for as long as
 *     its call takes
 * @param sweepAfter how old an outbox row is before any instance may publish it in place of the one that wrote it
 * @param relayedEvents how many events the relay holds in memory before it leaves more to the sweeper
 * @param maxEventBytes the largest event, checked before it is stored
 * @param parkWindow over which time it is looked at how much of a channel would be parked
 * @param parkLeast of how many events at least a share is told
 * @param parkShare the share of different keys among the events of that time that, parked with one error, stops the
 *     consumer; 1 for never
 * @param parkTryEvery how long a stopped consumer waits between the single events that it tries
 * @param topicRetention the retention of the topics
 * @param topicSegment how long a topic's segment takes events, {@code segment.ms}: the oldest of them stays until the
 *     youngest is past the retention
 * @param releaseWindow how long after parking an event may be released; later it is refused, for the inbox may have
 *     forgotten its repetitions
 * @param inboxRetention how long the inbox remembers; at least topicRetention, topicSegment and releaseWindow together
 * @param parkedRetention how long released and discarded events stay for inspection, and how long parked ones that can
 *     be erased wait for their release
 * @param auditRetention how long operators' calls are on record, at least 30 days
 * @param spans whether each route that a message passes is a span of OpenTelemetry for the agent in the process; they
 *     cost time, so only where one takes them somewhere
 * @param spansTo the address of a collector that takes these spans where no agent is, by OTLP over HTTP, as
 *     {@code http://localhost:4318}; empty for none
 */
@ConfigurationProperties(prefix = "orderflow.messaging", ignoreUnknownFields = false)
record MessagingSettings(
        @DefaultValue("localhost:9092") String brokers,
        @DefaultValue("") String prefix,
        @DefaultValue("") String certificates,
        @DefaultValue Map<String, String> kafka,
        @DefaultValue("migrate") Schema schema,
        @DefaultValue("5m") Duration schemaPatience,
        @DefaultValue("500") int pollRecords,
        @DefaultValue("5m") Duration maxPollInterval,
        @DefaultValue("3") int attempts,
        @DefaultValue("1000") int waiting,
        @DefaultValue("128") int transactionMessages,
        @DefaultValue("5ms") Duration answersTogether,
        @DefaultValue("128") int workers,
        @DefaultValue Map<String, Integer> workersOf,
        @DefaultValue Map<String, Integer> slowWorkersOf,
        @DefaultValue("20s") Duration slowAfter,
        @DefaultValue("5000") int handedOver,
        @DefaultValue("20s") Duration workLease,
        @DefaultValue("5s") Duration sweepAfter,
        @DefaultValue("20000") int relayedEvents,
        @DefaultValue("900000") int maxEventBytes,
        @DefaultValue("5m") Duration parkWindow,
        @DefaultValue("20") int parkLeast,
        @DefaultValue("0.5") double parkShare,
        @DefaultValue("1m") Duration parkTryEvery,
        @DefaultValue("7d") Duration topicRetention,
        @DefaultValue("1d") Duration topicSegment,
        @DefaultValue("7d") Duration releaseWindow,
        @DefaultValue("15d") Duration inboxRetention,
        @DefaultValue("90d") Duration parkedRetention,
        @DefaultValue("400d") Duration auditRetention,
        @DefaultValue("false") boolean spans,
        @DefaultValue("") String spansTo)
        implements Limits {

    /** Who brings a schema up to date. */
    enum Schema {
        /** Each process at its start, as on one machine. */
        MIGRATE,
        /** Another process, with {@code --migrate}: ours has no right to. */
        AWAIT
    }

    MessagingSettings {
        if (!certificates.isEmpty()) {
            kafka = new HashMap<>(kafka);
            kafka.putAll(MountedCertificates.options(Path.of(certificates)));
        }
        atLeast("poll-records", pollRecords, 1);
        atLeast("attempts", attempts, 1);
        atLeast("waiting", waiting, 1);
        atLeast("transaction-messages", transactionMessages, 1);
        atLeast("answers-together", answersTogether, Duration.ZERO);
        atLeast("workers", workers, 1);
        workersOf.forEach((channel, most) -> atLeast("workers-of." + channel, most, 1));
        slowWorkersOf.forEach((channel, most) -> atLeast("slow-workers-of." + channel, most, 0));
        atLeast("slow-after", slowAfter, Duration.ofMillis(100));
        atLeast("handed-over", handedOver, 0);
        atLeast("relayed-events", relayedEvents, 1);
        atLeast("max-event-bytes", maxEventBytes, 1_000);
        atLeast("park-window", parkWindow, Duration.ofSeconds(10));
        atLeast("park-least", parkLeast, 2);
        atLeast("park-try-every", parkTryEvery, Duration.ofMillis(100));
        atLeast("schema-patience", schemaPatience, Duration.ZERO);
        atLeast("max-poll-interval", maxPollInterval, Duration.ofSeconds(10));
        atLeast("work-lease", workLease, Duration.ofSeconds(2));
        atLeast("sweep-after", sweepAfter, Duration.ofMillis(100));
        if (parkShare <= 0 || parkShare > 1) {
            throw new IllegalArgumentException(
                    "orderflow.messaging.park-share: " + parkShare + " (expected: above 0, at most 1)");
        }
        if (!spansTo.matches("(https?://[^/\\s]+\\S*)?")) {
            throw new IllegalArgumentException(
                    "orderflow.messaging.spans-to: " + spansTo + " (expected: as http://localhost:4318, or nothing)");
        }
        atLeast("audit-retention", auditRetention, Duration.ofDays(30));
        atLeast(
                "inbox-retention",
                inboxRetention,
                topicRetention.plus(topicSegment).plus(releaseWindow));
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "orderflow.messaging." + name + ": " + value + " (expected: >= " + least + ")");
        }
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "orderflow.messaging." + name + ": " + value + " (expected: >= " + least + ")");
        }
    }

    KafkaCluster cluster() {
        return new KafkaCluster(brokers, prefix, kafka);
    }

    Polling polling() {
        return new Polling(pollRecords, maxPollInterval);
    }

    Handling handling() {
        return new Handling(attempts, patience(), new Handling.Excess(parkWindow, parkLeast, parkShare, parkTryEvery));
    }

    Sharing sharing() {
        return new Sharing(waiting, transactionMessages, answersTogether, patience());
    }

    /**
     * Refuses a number of workers for a channel that the role has none for: under a name that is wrong or was another
     * one before, it would be without effect.
     *
     * @param queues the names of the role's channels to workers
     */
    void insistOnWorkers(Role role, Collection<String> queues) {
        var known = queues.stream()
                .map(queue -> new EndpointName(role, queue).toString())
                .sorted()
                .toList();
        insistOnWorkers(role, "workers-of.", workersOf, known);
        insistOnWorkers(role, "slow-workers-of.", slowWorkersOf, known);
    }

    private static void insistOnWorkers(Role role, String setting, Map<String, Integer> numbers, List<String> known) {
        numbers.keySet().stream()
                .filter(channel -> channel.startsWith(role + ".") && !known.contains(channel))
                .findFirst()
                .ifPresent(channel -> {
                    throw new IllegalArgumentException("orderflow.messaging." + setting + channel
                            + ": unknown (expected: " + (known.isEmpty() ? "none" : String.join(" or ", known)) + ")");
                });
    }

    Working working(String channel) {
        return new Working(
                workersOf.getOrDefault(channel, workers),
                slowWorkers(channel),
                slowAfter,
                handedOver,
                workLease,
                patience());
    }

    @Override
    public int slowWorkers(String channel) {
        return slowWorkersOf.getOrDefault(channel, 0);
    }

    /** How long one waits in place for infrastructure that is away: a consumer gives its batch back then. */
    private Duration patience() {
        return maxPollInterval.dividedBy(2);
    }
}
