package io.orderflow.orders;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * An order as a list shows it: what has become of it and where the whole is, without its lines and its history, of
 * which a page could have ten thousand. The query makes it, so that nothing else is read.
 */
record OrderSummary(
        UUID id,
        Status status,
        CancellationReason reason,
        PaymentStatus paymentStatus,
        boolean settled,
        Money total,
        Instant createdAt,
        Links links) {

    /** The columns, in the order in which {@link OrdersQueries} selects them. */
    OrderSummary(
            UUID id,
            Status status,
            CancellationReason reason,
            PaymentStatus paymentStatus,
            boolean settled,
            long totalMinor,
            String currency,
            Instant createdAt) {
        this(id, status, reason, paymentStatus, settled, new Money(totalMinor, currency), createdAt, Links.toOrder(id));
    }
}
