package io.orderflow.contracts;

import static io.orderflow.contracts.Present.notEmpty;
import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order was accepted. Payments and inventory both start from here, neither waiting for the other.
 *
 * @param total the sum of the lines at the catalogue's prices
 * @param paymentToken a single-use reference of the payment provider: no card data, and never logged
 */
public record OrderCreated(
        UUID orderId, Instant occurredAt, String customerId, Money total, List<Line> lines, String paymentToken)
        implements Event {

    public OrderCreated {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("customer_id", customerId);
        present("total", total);
        lines = notEmpty("lines", lines);
        present("payment_token", paymentToken);
    }

    /** The token stays out of logs. */
    @Override
    public String toString() {
        return "OrderCreated[" + orderId + ", " + total + ", " + lines + "]";
    }
}
