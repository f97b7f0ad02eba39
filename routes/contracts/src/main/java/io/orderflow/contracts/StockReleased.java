package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What the order held is free again. Compensates {@link StockReserved}; the answer to {@link OrderCancelled}, also
 * where nothing was held.
 *
 * @param lines what was given back, possibly nothing
 */
public record StockReleased(UUID orderId, Instant occurredAt, List<Line> lines) implements Event {

    public StockReleased {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        lines = present("lines", lines);
    }
}
