package io.orderflow.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Hears on a contestant's topic that orders have come to their ends; to ask its database would load it. */
public final class EndsHeard {

    private static final Duration POLL = Duration.ofMillis(200);

    /** Where nobody asks how long it took, many are fetched at once. */
    private static final long PAUSE = 50;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<byte[]> marks;
    private final Thread thread;
    private volatile Sightings sightings;
    private volatile boolean hurried;
    private volatile boolean closed;

    /**
     * @param marks what the value of a record that says an end contains, and no other one's
     */
    public EndsHeard(String brokers, String topic, List<String> marks) {
        this.marks = marks.stream()
                .map(mark -> mark.getBytes(StandardCharsets.US_ASCII))
                .toList();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false", "max.poll.records", "5000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("ends of " + topic).start(this::listen);
    }

    /**
     * @param hurried whether the time of each end matters
     */
    public void listen(Sightings to, boolean hurried) {
        this.hurried = hurried;
        this.sightings = to;
    }

    /** Until it is wanted again. */
    public void rest() {
        sightings = null;
    }

    private void listen() {
        try (consumer) {
            while (!closed) {
                var to = sightings;
                if (to == null || !hurried) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE);
                }
                if (to != null) {
                    consumer.poll(POLL).forEach(record -> hear(record, to));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> said, Sightings to) {
        if (said.value() != null && marks.stream().anyMatch(mark -> contains(said.value(), mark))) {
            to.ended(UUID.fromString(new String(said.key(), StandardCharsets.US_ASCII)));
        }
    }

    static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i + part.length <= text.length; i++) {
            int same = 0;
            while (same < part.length && text[i + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    public void end() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
