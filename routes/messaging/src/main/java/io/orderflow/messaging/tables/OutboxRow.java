package io.orderflow.messaging.tables;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A stored event.
 *
 * @param position its place in the outbox; of one order's events the earlier has the lower
 * @param value the record's value, or null for a tombstone
 * @param predecessors the positions of earlier events of the same topic and order that were unsent when this one was
 *     stored, those of its own transaction too: they may part on the way, where a page of a sweep ends
 * @param read when it was in the table for certain
 */
public record OutboxRow(
        long position,
        UUID id,
        String topic,
        UUID orderId,
        String type,
        String value,
        String traceparent,
        Instant occurredAt,
        List<Long> predecessors,
        ReadAt read) {

    public OutboxRow after(List<Long> earlier) {
        return new OutboxRow(position, id, topic, orderId, type, value, traceparent, occurredAt, earlier, read);
    }
}
