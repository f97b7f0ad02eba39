package io.orderflow.console;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.Missing;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.StockRejected;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What an event says that its story shows; all of it may be null. Who the customer is and how he pays is not among it.
 *
 * @param reason why it came to this, in the words of the event
 * @param by who brought it about in the place of whom the reason names
 * @param amountMinor money in minor units
 * @param parkId the parked event, in the service that says so
 * @param about the record that is parked, as {@code topic-partition@offset}
 */
record Details(String reason, String by, Long amountMinor, String currency, UUID parkId, String about) {

    private static final Details NONE = new Details(null, null, null, null, null, null);

    static Details of(Event event) {
        return switch (event) {
            case OrderCreated created -> of(created.total());
            case OrderConfirmed confirmed -> of(confirmed.total());
            case OrderCancelled cancelled ->
                new Details(cancelled.reason().name(), cancelled.by(), null, null, null, null);
            case PaymentCompleted completed -> of(completed.amount());
            case PaymentRefunded refunded -> of(refunded.amount());
            case PaymentDeclined declined -> because(declined.code());
            case StockRejected rejected ->
                because(rejected.missing().stream().map(Missing::sku).collect(Collectors.joining(", ")));
            case EventParked parked ->
                new Details(
                        parked.reason(),
                        null,
                        null,
                        null,
                        parked.parkId(),
                        parked.topic() + "-" + parked.partition() + "@" + parked.offset());
            default -> NONE;
        };
    }

    private static Details of(Money amount) {
        return new Details(null, null, amount.amountMinor(), amount.currency(), null, null);
    }

    private static Details because(String reason) {
        return new Details(reason, null, null, null, null, null);
    }
}
