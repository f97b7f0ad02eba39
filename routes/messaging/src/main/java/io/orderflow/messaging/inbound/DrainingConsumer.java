package io.orderflow.messaging.inbound;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka consumer that answers the poll after one that returned records with nothing, without touching the broker.
 *
 * <p>Camel dispatches a batch only when a later poll returns, and drops what it holds when that poll throws. So the
 * poll that makes it dispatch must not be able to throw. It also makes a trickle flow: a batch is what one poll
 * returned, a single record when little happens and hundreds under load. What is fetched comes from {@link #fetch}.
 */
public class DrainingConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(DrainingConsumer.class);
    private static final Duration LONGEST_REST = Duration.ofMillis(25);

    private boolean drain;
    private boolean handled = true;
    private Map<TopicPartition, OffsetAndMetadata> marks = Map.of();
    private long handedOver;
    private final TakenBack takenBack = new TakenBack(this);
    private final String group;
    private final Told told;
    private final LogIds logs;
    private final PollFailures failures;
    /** Partitions whose log is not compared yet; none of them is read. */
    private final Set<TopicPartition> unsure = new HashSet<>();

    /** Is told of what these consumers cannot do, by the broker's names. */
    public interface Told {

        default void pollFailed(String group, String topic) {}

        /** What could not be done, in words. */
        default void failed(String who, String what, RuntimeException failure, Outages.Line line) {}

        /** Others have all partitions of the topic. */
        default void assignedNothing(String group, String topic) {}

        /** So many events, at most, were gone before the group came to them; one for each partition made anew. */
        default void missed(String group, String topic, long events) {}
    }

    DrainingConsumer(Properties settings) {
        this(settings, new Told() {});
    }

    DrainingConsumer(Properties settings, Told told) {
        super(settings);
        this.group = settings.getProperty("group.id");
        this.told = told;
        this.logs = new LogIds(settings);
        this.failures = new PollFailures(group, told::failed);
    }

    @Override
    public final ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (drain) {
            drain = false;
            handedOver = System.nanoTime();
            return ConsumerRecords.empty();
        }
        rest();
        commitMarks();
        var records = fetchOrPause(timeout);
        drain = !records.isEmpty();
        handled &= !drain;
        marks = marks(records);
        return records;
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        super.commitSync(logs.marked(offsets), timeout);
        handled = true;
    }

    /** Compares logs before the first record of a partition comes. */
    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                listener.onPartitionsLost(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
                if (assignment().isEmpty()) {
                    topics.forEach(topic -> told.assignedNothing(group, topic));
                }
                unsure.addAll(partitions);
                pause(partitions);
                try {
                    compareLogs();
                } catch (WakeupException | InterruptException e) {
                    throw e;
                } catch (RuntimeException e) {
                    log.debug("{}: {}: compared with the next poll: {}", group, partitions, Failures.describe(e));
                }
            }
        });
    }

    private void compareLogs() {
        unsure.retainAll(assignment());
        if (unsure.isEmpty()) {
            return;
        }
        var anew = logs.madeAnew(unsure, committed(unsure, BrokersAnswer.LONGEST));
        if (!anew.isEmpty()) {
            var starts = starts(anew);
            starts.forEach((partition, start) -> {
                log.error(
                        "{}: {}: the topic was made anew, and what the group had not read of the log before it is gone; it is read from {}",
                        group,
                        partition,
                        start);
                told.missed(group, partition.topic(), 1);
            });
            beginAt(starts);
        }
        if (!takenBack.isAwaited()) {
            resume(unsure);
        }
        unsure.clear();
    }

    /**
     * Only behind a batch whose offsets were committed: a consumer that is about to stop polls once more after one
     * that failed.
     */
    private void commitMarks() {
        var passed = marks;
        marks = Map.of();
        if (handled && !passed.isEmpty()) {
            commitSometime(passed, "marks");
        }
    }

    /**
     * Where a poll has gone past more than the records that it returned: the end of a transaction is no record,
     * takes an offset, and would look unhandled until another record comes.
     */
    private static Map<TopicPartition, OffsetAndMetadata> marks(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>(records.nextOffsets());
        for (var partition : records.partitions()) {
            long last = records.records(partition).getLast().offset();
            marks.computeIfPresent(partition, (same, next) -> next.offset() == last + 1 ? null : next);
        }
        return marks;
    }

    /**
     * As long as the last batch took, so that the next one grows: under load a transaction costs more than what is
     * in it.
     */
    private void rest() {
        if (handedOver == 0) {
            return;
        }
        long worked = System.nanoTime() - handedOver;
        handedOver = 0;
        try {
            Thread.sleep(Duration.ofNanos(Math.min(worked, LONGEST_REST.toNanos())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A poll that fails at once, as while a foreign member keeps the group or a right is withdrawn, is made again
     * after a pause that grows; whoever asks gets nothing meanwhile.
     */
    private ConsumerRecords<byte[], byte[]> fetchOrPause(Duration timeout) {
        try {
            var records = fetch(timeout);
            failures.ended(topics());
            return records;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            subscription().forEach(topic -> told.pollFailed(group, topic));
            failures.pauseAfter(topics(), e);
            return ConsumerRecords.empty();
        }
    }

    private String topics() {
        return String.join(", ", subscription());
    }

    @Override
    public void wakeup() {
        super.wakeup();
        failures.wakeup();
    }

    /** The client chooses no position itself, so that nothing is passed over in silence. */
    ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
        compareLogs();
        try {
            return super.poll(takenBack.within(timeout));
        } catch (NoOffsetForPartitionException e) {
            begin(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            goOnFromTheStart(e.offsetOutOfRangePartitions());
        }
        return ConsumerRecords.empty();
    }

    /** Takes back the end of the last batch ({@link TakenBack}), from these records on. */
    final void takeBack(Map<TopicPartition, Long> from, long due) {
        from.forEach((partition, offset) -> seek(partition, offset.longValue()));
        marks = Map.of();
        takenBack.awaitUntil(due);
    }

    /** Partitions that the group has no offset for. */
    void begin(Set<TopicPartition> partitions) {
        seekToBeginning(partitions);
    }

    /** Where partitions are read from whose logs do not have the record that the group comes to next. */
    Map<TopicPartition, Long> starts(Set<TopicPartition> partitions) {
        return beginningOffsets(partitions, BrokersAnswer.LONGEST);
    }

    /** The log may be another by now, and what is committed from here on has to say so. */
    private void goOnFromTheStart(Map<TopicPartition, Long> positions) {
        logs.learn(positions.keySet());
        var starts = starts(positions.keySet());
        positions.forEach((partition, position) -> {
            long start = starts.get(partition);
            if (position < start) {
                log.error(
                        "{}: {}: up to {} events were gone before they were handled: the log begins at {}, and the group had come to {}",
                        group,
                        partition,
                        start - position,
                        start,
                        position);
                told.missed(group, partition.topic(), start - position);
            } else {
                log.error(
                        "{}: {}: the log ends before {}, to where the group had come: it was made anew or has lost its end; it is read again from {}",
                        group,
                        partition,
                        position,
                        start);
            }
        });
        beginAt(starts);
    }

    /** What lies before is nobody's work, and shall not count as waiting. */
    final void beginAt(Map<TopicPartition, Long> starts) {
        Map<TopicPartition, OffsetAndMetadata> begun = new HashMap<>();
        starts.forEach((partition, start) -> {
            seek(partition, start.longValue());
            begun.put(partition, new OffsetAndMetadata(start));
        });
        commitSometime(begun, "beginnings");
    }

    /** Positions that are found again where the commit fails. */
    private void commitSometime(Map<TopicPartition, OffsetAndMetadata> positions, String what) {
        commitAsync(logs.marked(positions), (offsets, failure) -> {
            if (failure != null) {
                log.debug("{} are not committed: {}", what, Failures.describe(failure));
            }
        });
    }
}
