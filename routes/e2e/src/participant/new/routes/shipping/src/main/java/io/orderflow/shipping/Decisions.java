package io.orderflow.shipping;

import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.ParcelShipped;
import io.orderflow.messaging.Contradiction;
import java.time.Instant;

/**
 * What becomes of an order's parcel, whatever arrives, in whatever order, however often. Pure functions.
 *
 * <pre>
 *              OrderConfirmed            ParcelSent
 * none         requested + SendParcel    contradiction
 * requested    -                         sent + ParcelShipped
 * sent         -                         -
 * </pre>
 */
final class Decisions {

    private Decisions() {}

    /**
     * Has the parcel handed to the carrier, once.
     *
     * @param parcel null if the order has none yet
     */
    static Decision requestParcel(Parcel parcel, OrderConfirmed confirmed) {
        var order = confirmed.orderId();
        return parcel == null ? new Decision(new Parcel(order, null), new SendParcel(order)) : Decision.nothing(parcel);
    }

    /**
     * Records that the carrier has the parcel, once.
     *
     * @param parcel null if nobody asked the carrier
     */
    static Decision recordParcel(Parcel parcel, ParcelSent sent, Instant now) {
        var order = sent.orderId();
        if (parcel == null) {
            throw new Contradiction("answer about order " + order, "no parcel of it", "one that was requested before");
        }
        return parcel.label() == null
                ? new Decision(new Parcel(order, sent.label()), new ParcelShipped(order, now, sent.label()))
                : Decision.nothing(parcel);
    }
}
