package io.orderflow.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Everything that was said on the topics, taken down by a silent reader: it has no group and commits nothing. What the
 * services say it holds against the document that the app serves.
 */
public final class Journal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EventsDocument DOCUMENT = EventsDocument.served();

    private final Site site;
    private final KafkaConsumer<String, byte[]> consumer;
    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> mistakes = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile Consumer<Entry> listener = entry -> {};
    private volatile boolean closed;

    /** One record; body is null for a tombstone and for a value that is no JSON. */
    public record Entry(
            String topic,
            int partition,
            long offset,
            String key,
            JsonNode body,
            byte[] value,
            Iterable<Header> headers) {

        public String type() {
            return body == null ? "(none)" : body.path("event_type").asText("(none)");
        }

        public String eventId() {
            return body == null ? null : body.path("event_id").asText();
        }

        /** The one that writes on this topic. */
        public String writer() {
            return topic.equals("order_contacts") ? "order" : topic.replace("_events", "");
        }

        /** Whether it is on a channel that the saga does not need. */
        public boolean isForOthers() {
            return Topology.ORDERFLOW.find(topic).filter(Channel::isForOthers).isPresent();
        }

        public long sequence() {
            return body.path("sequence").asLong();
        }

        @Override
        public String toString() {
            return "%-17s %d:%-5d %-17s %s"
                    .formatted(topic, partition, offset, type(), body == null ? "" : body.path("payload"));
        }
    }

    Journal(Site site, Topology topology) {
        this.site = site;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", site.broker().address(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = topology.channels().stream()
                .flatMap(channel -> IntStream.range(0, Site.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(site.topic(channel.topic()), partition)))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = Thread.ofPlatform().daemon().name("journal").start(this::read);
    }

    private void read() {
        while (!closed) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> take(entry(record)));
        }
        consumer.close();
    }

    private void take(Entry entry) {
        if (DOCUMENT.isOurs(entry)) {
            mistakes.addAll(DOCUMENT.mistakes(entry));
        }
        entries.add(entry);
        listener.accept(entry);
    }

    /** Fails if a service said something that the AsyncAPI document does not have. */
    void keepsToTheDocument() {
        assertThat(mistakes).as("what does not keep to asyncapi.json").isEmpty();
    }

    /** Tells somebody of each record from now on. */
    public void tellsAlso(Consumer<Entry> another) {
        listener = another;
    }

    private Entry entry(ConsumerRecord<String, byte[]> record) {
        return new Entry(
                record.topic().substring(site.prefix().length()),
                record.partition(),
                record.offset(),
                record.key(),
                parse(record.value()),
                record.value(),
                record.headers());
    }

    private static JsonNode parse(byte[] value) {
        try {
            return value == null ? null : JSON.readTree(value);
        } catch (IOException e) {
            return null;
        }
    }

    public List<Entry> all() {
        return List.copyOf(entries);
    }

    /** Everything under an order's key that its writers said, as it reached the reader. */
    public List<Entry> withContactOf(UUID order) {
        return entries.stream()
                .filter(entry -> order.toString().equals(entry.key()))
                .filter(entry -> !entry.isForOthers())
                .toList();
    }

    /** The events of an order, its contact aside, as they reached the reader. */
    public List<Entry> of(UUID order) {
        return entries.stream()
                .filter(entry -> order.toString().equals(entry.key()))
                .filter(entry -> !entry.topic().equals(Topology.ORDER_CONTACTS.topic()))
                .toList();
    }

    /** The story of an order, one event a line. */
    public String tell(UUID order) {
        return "the journal of order " + order + ":\n"
                + of(order).stream().map(Entry::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
