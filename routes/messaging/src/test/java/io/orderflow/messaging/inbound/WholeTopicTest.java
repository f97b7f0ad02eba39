package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log that changes while it is read, at moments that no broker can be brought to. */
class WholeTopicTest {

    private static final TopicPartition FIRST = new TopicPartition("order_events", 0);
    private static final TopicPartition SECOND = new TopicPartition("order_events", 1);

    /** Far more than any of these readings needs: one that never ends is red, and does not hang. */
    private static final int POLLS = 20;

    private final MockConsumer<byte[], byte[]> log = new MockConsumer<>("earliest");

    private WholeTopic topic;

    @BeforeEach
    void twoPartitionsOfThreeRecords() {
        log.updatePartitions(
                "order_events",
                List.of(
                        new PartitionInfo("order_events", 0, null, null, null),
                        new PartitionInfo("order_events", 1, null, null, null)));
        log.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        log.updateEndOffsets(Map.of(FIRST, 3L, SECOND, 3L));
        topic = new WholeTopic(log, "order_events");
    }

    @Test
    void whatIsThereAtFirstIsReadAndWhatComesLaterIsNotWaitedFor() {
        says(FIRST, 0, 3);
        says(SECOND, 0, 3);
        log.updateEndOffsets(Map.of(FIRST, 9L, SECOND, 9L));

        assertThat(read()).isEqualTo(6);
        assertThat(topic.hasMore()).isFalse();
    }

    @Test
    void whoWaitsForRecordsGoesOnWaiting() {
        says(FIRST, 0, 3);

        assertThat(read()).isEqualTo(3);
        assertThat(topic.hasMore()).isTrue();
        says(SECOND, 0, 3);
        assertThat(read()).isEqualTo(3);
        assertThat(topic.hasMore()).isFalse();
    }

    @Test
    void aTopicThatIsMadeAnewMeanwhileIsReadToItsNewEnd() {
        says(FIRST, 0, 3);
        assertThat(topic.next()).hasSize(3);
        log.updateEndOffsets(Map.of(FIRST, 1L, SECOND, 0L));
        // As the client does for a position that the log has no more.
        log.seek(FIRST, 0);
        says(FIRST, 0, 1);

        assertThat(read()).isEqualTo(1);
        assertThat(topic.hasMore()).isFalse();
    }

    @Test
    void aTailThatIsLostIsNotWaitedFor() {
        says(FIRST, 0, 3);
        says(SECOND, 0, 2);
        log.updateEndOffsets(Map.of(FIRST, 3L, SECOND, 2L));

        assertThat(read()).isEqualTo(5);
        assertThat(topic.hasMore()).isFalse();
    }

    @Test
    void whatIsSaidWhereTheEndIsReachedHidesNoLostTail() {
        says(FIRST, 0, 3);
        assertThat(topic.next()).hasSize(3);
        log.updateEndOffsets(Map.of(FIRST, 100L, SECOND, 0L));

        for (int next = 3; next < POLLS && topic.hasMore(); next++) {
            says(FIRST, next, next + 1);
            topic.next();
        }

        assertThat(topic.hasMore()).isFalse();
    }

    private int read() {
        int records = 0;
        for (int i = 0; i < POLLS && topic.hasMore(); i++) {
            records += topic.next().size();
        }
        return records;
    }

    private void says(TopicPartition partition, long from, long to) {
        for (long offset = from; offset < to; offset++) {
            log.addRecord(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, new byte[] {1}, new byte[] {2}));
        }
    }
}
