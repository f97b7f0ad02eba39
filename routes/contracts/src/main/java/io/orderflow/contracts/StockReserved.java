package io.orderflow.contracts;

import static io.orderflow.contracts.Present.notEmpty;
import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Every line of the order is reserved.
 */
public record StockReserved(UUID orderId, Instant occurredAt, List<Line> lines) implements Event {

    public StockReserved {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        lines = notEmpty("lines", lines);
    }
}
