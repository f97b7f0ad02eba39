package io.orderflow.bench.drain;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic of orders' events, filled with new orders of two articles as somebody in another language would. */
final class Queue implements AutoCloseable {

    private static final String TOPIC = Topology.ORDER_EVENTS.topic();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LOOK = 20;
    private static final String EVENT = """
            {"event_id":"%s","event_type":"OrderCreated","event_version":1,"occurred_at":"%s","order_id":"%s","sequence":1,\
            "payload":{"customer_id":"ada","total":{"amount_minor":2580,"currency":"EUR"},"lines":[{"sku":"mug","quantity":1},\
            {"sku":"spoon","quantity":1}],"payment_token":"tok_visa"}}""";

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    Queue(String brokers) {
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", "5", "batch.size", "131072"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Answers when the broker has them all. */
    void fill(int orders) {
        for (int i = 0; i < orders; i++) {
            var order = UuidCreator.getTimeOrderedEpochPlus1().toString();
            var event = EVENT.formatted(UuidCreator.getTimeOrderedEpochPlus1(), Instant.now(), order);
            producer.send(new ProducerRecord<>(TOPIC, bytes(order), bytes(event)));
        }
        producer.flush();
    }

    /** Answers when a group has taken and committed all that is there. */
    void awaitRead(String group) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (left(group) > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(group + ": " + left(group) + " events are not taken");
            }
            Thread.sleep(LOOK);
        }
    }

    private long left(String group) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        var described =
                admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC);
        described
                .partitions()
                .forEach(one -> partitions.put(new TopicPartition(TOPIC, one.partition()), OffsetSpec.latest()));
        var ends = admin.listOffsets(partitions).all().get();
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue().offset() - offset(read.get(end.getKey())))
                .sum();
    }

    private static long offset(OffsetAndMetadata read) {
        return read == null ? 0 : read.offset();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
