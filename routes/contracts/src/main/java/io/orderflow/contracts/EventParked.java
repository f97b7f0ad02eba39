package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A reference to a record that a consumer parked. It carries no payload; the bytes stay in the consumer's own table.
 *
 * @param orderId the order, or the nil UUID where the record names none
 * @param service the role that parked it
 * @param reason a word from {@code UNREADABLE, NOT_UNDERSTOOD, FAILED, FOLLOWER}
 * @param sha256 of the value, in hexadecimal
 */
public record EventParked(
        UUID orderId,
        Instant occurredAt,
        String service,
        UUID parkId,
        String topic,
        int partition,
        long offset,
        String reason,
        String sha256)
        implements Event {

    private static final Set<String> REASONS = Set.of("UNREADABLE", "NOT_UNDERSTOOD", "FAILED", "FOLLOWER");

    public EventParked {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("service", service);
        present("park_id", parkId);
        present("topic", topic);
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("partition and offset: (expected: >= 0)");
        }
        if (!REASONS.contains(present("reason", reason))) {
            throw new IllegalArgumentException("reason: (expected: one of " + REASONS + ")");
        }
        if (!present("sha256", sha256).matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256: (expected: 64 hexadecimal digits in lower case)");
        }
    }
}
