package io.orderflow.messaging.inbound;

import io.orderflow.messaging.Failures;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka consumers that answer the poll after one that returned records with nothing, without touching the broker.
 *
 * <p>Camel dispatches a batch only when a later poll returns, and drops what it holds when that poll throws. So the
 * poll that makes it dispatch must not be able to throw. It also makes a trickle flow: a batch is what one poll
 * returned, a single record when little happens and hundreds under load.
 */
public class DrainingClients extends DefaultKafkaClientFactory {

    private static final Logger log = LoggerFactory.getLogger(DrainingClients.class);

    /** Where to begin, by the name of the group; only for groups whose consumers have no offset to begin with. */
    private final Map<String, Beginnings> beginnings;

    public DrainingClients() {
        this(Map.of());
    }

    public DrainingClients(Map<String, Beginnings> beginnings) {
        this.beginnings = beginnings;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Properties settings) {
        var beginning = beginnings.get(settings.getProperty("group.id"));
        return beginning == null ? new Draining(settings) : new Beginning(settings, beginning);
    }

    /**
     * A consumer whose first position is a noted one: the client asks for it instead of choosing one itself, and again
     * if the log has become shorter than what was committed.
     */
    private static final class Beginning extends Draining {

        private final Properties settings;
        private final Beginnings beginnings;

        private Beginning(Properties settings, Beginnings beginnings) {
            super(settings);
            this.settings = settings;
            this.beginnings = beginnings;
        }

        @Override
        ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
            try {
                return super.fetch(timeout);
            } catch (NoOffsetForPartitionException e) {
                begin(e.partitions());
            } catch (OffsetOutOfRangeException e) {
                log.warn("{}: no records there (any more); read again from where the service began", e.getMessage());
                begin(e.partitions());
            }
            return ConsumerRecords.empty();
        }

        private void begin(Set<TopicPartition> partitions) {
            var noted = noted(partitions);
            var first = beginningOffsets(partitions);
            var end = endOffsets(partitions);
            Map<TopicPartition, OffsetAndMetadata> begun = new HashMap<>();
            for (var partition : partitions) {
                long position = Math.clamp(noted.getOrDefault(partition, 0L), first.get(partition), end.get(partition));
                seek(partition, position);
                begun.put(partition, new OffsetAndMetadata(position));
            }
            // What lies before is nobody's work, and shall not count as waiting.
            commitAsync(begun, (offsets, failure) -> {
                if (failure != null) {
                    log.debug("beginnings are not committed: {}", Failures.describe(failure));
                }
            });
        }

        private Map<TopicPartition, Long> noted(Set<TopicPartition> partitions) {
            Map<TopicPartition, Long> noted = new HashMap<>();
            partitions.stream()
                    .map(TopicPartition::topic)
                    .distinct()
                    .forEach(topic -> noted.putAll(beginnings.of(topic, settings)));
            return noted;
        }
    }

    /** A consumer that drains; what it fetches comes from {@link #fetch}. */
    static class Draining extends KafkaConsumer<byte[], byte[]> {

        private static final Duration LONGEST_REST = Duration.ofMillis(25);

        private boolean drain;
        private boolean handled = true;
        private Map<TopicPartition, OffsetAndMetadata> marks = Map.of();
        private long handedOver;

        Draining(Properties settings) {
            super(settings);
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
            var records = fetch(timeout);
            drain = !records.isEmpty();
            handled &= !drain;
            marks = marks(records);
            return records;
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            super.commitSync(offsets, timeout);
            handled = true;
        }

        /**
         * Only behind a batch whose offsets were committed: a consumer that is about to stop polls once more after one
         * that failed.
         */
        private void commitMarks() {
            var passed = marks;
            marks = Map.of();
            if (handled && !passed.isEmpty()) {
                commitAsync(passed, (offsets, failure) -> {
                    if (failure != null) {
                        log.debug("marks are not committed: {}", Failures.describe(failure));
                    }
                });
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

        ConsumerRecords<byte[], byte[]> fetch(Duration timeout) {
            return super.poll(timeout);
        }
    }
}
