package io.orderflow.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order as its customer sees it.
 *
 * @param reason why it was cancelled, or null
 * @param paymentStatus as orders has heard it
 * @param settled whether nothing is owed to anybody any more: false while it is pending, true once it is confirmed, and
 *     for a cancelled order true when payments and inventory have both answered the cancellation
 */
record OrderView(
        UUID id,
        Status status,
        CancellationReason reason,
        PaymentStatus paymentStatus,
        boolean settled,
        List<Line> lines,
        Money total,
        Instant createdAt,
        List<Step> history) {

    record Line(String sku, int quantity, Money unitPrice) {}

    /**
     * What was heard or said, and the status after it.
     *
     * @param by who brought it about in the place of customer or timer; else null, and not shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(Instant at, Status status, String event, String by) {}
}
