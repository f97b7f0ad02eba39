package io.orderflow.messaging.relay;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.tables.OutboxRow;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** A row of the outbox as the record that Kafka gets: CloudEvents 1.0 in Kafka's binary mode, and the trace context. */
final class CloudEvent {

    private CloudEvent() {}

    static ProducerRecord<byte[], byte[]> of(OutboxRow row, Role writer, KafkaCluster kafka) {
        var record = new ProducerRecord<>(
                kafka.topic(row.topic()),
                bytes(row.orderId().toString()),
                row.value() == null ? null : bytes(row.value()));
        Headers headers = record.headers();
        headers.add("ce_specversion", bytes("1.0"));
        headers.add("ce_id", bytes(row.id().toString()));
        headers.add("ce_type", bytes(row.type()));
        headers.add("ce_source", bytes("/orderflow/" + writer));
        headers.add("ce_subject", bytes(row.orderId().toString()));
        headers.add("ce_time", bytes(row.occurredAt().toString()));
        headers.add("content-type", bytes("application/json"));
        if (row.traceparent() != null) {
            headers.add("traceparent", bytes(row.traceparent()));
        }
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
