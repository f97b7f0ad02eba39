package io.orderflow.contracts;

import static io.orderflow.contracts.Present.notEmpty;
import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * At least one line cannot be had, so none is reserved.
 *
 * @param missing the lines that fall short, with what there was
 */
public record StockRejected(UUID orderId, Instant occurredAt, List<Missing> missing) implements Event {

    public StockRejected {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        missing = notEmpty("missing", missing);
    }
}
