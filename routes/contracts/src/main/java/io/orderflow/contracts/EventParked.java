package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
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

    public EventParked {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("service", service);
        present("park_id", parkId);
        present("topic", topic);
        present("reason", reason);
        present("sha256", sha256);
    }
}
