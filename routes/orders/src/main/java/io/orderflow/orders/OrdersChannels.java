package io.orderflow.orders;

import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.contracts.Topology.INVENTORY_EVENTS;
import static io.orderflow.contracts.Topology.ORDER_CONTACTS;
import static io.orderflow.contracts.Topology.ORDER_EVENTS;
import static io.orderflow.contracts.Topology.PAYMENT_EVENTS;

import io.orderflow.messaging.Participant;

/**
 * The endpoints between orders' routes and the world. A route test gives {@code direct:} and {@code mock:} ones.
 *
 * @param paymentEvents what payments says, one event at a time, in a transaction
 * @param inventoryEvents what inventory says, likewise
 * @param orderEvents where orders says what became of an order, in the same transaction
 * @param orderContacts where notifications alone is told the customer's name and address
 * @param placements where {@link PlaceOrder}s come in, each answered after the commit
 * @param cancellations where {@link CancelOrder}s come in, likewise
 * @param callOffs where {@link CallOff}s come in, likewise
 * @param deadlines where {@link DeadlinePassed} comes in, likewise
 * @param deadlineTimer when to look for orders whose time is up
 * @param erasures where {@link EraseContacts} comes in, likewise
 * @param erasureTimer when to look for customers to whom no mail is due any more
 * @param erasureWishes where {@link ForgetCustomer}s come in, each answered after the commit
 * @param watchTimer when to count what is under way
 * @param awaitedTimer when to look at the orders that clients wait for
 */
record OrdersChannels(
        String paymentEvents,
        String inventoryEvents,
        String orderEvents,
        String orderContacts,
        String placements,
        String cancellations,
        String callOffs,
        String deadlines,
        String deadlineTimer,
        String erasures,
        String erasureTimer,
        String erasureWishes,
        String watchTimer,
        String awaitedTimer) {

    static OrdersChannels declared() {
        return new OrdersChannels(
                Participant.hears(ORDERS, PAYMENT_EVENTS),
                Participant.hears(ORDERS, INVENTORY_EVENTS),
                Participant.says(ORDERS, ORDER_EVENTS),
                Participant.says(ORDERS, ORDER_CONTACTS),
                Participant.transaction(ORDERS, "place-order"),
                Participant.transaction(ORDERS, "cancel-order"),
                Participant.transaction(ORDERS, "call-off-order"),
                Participant.transaction(ORDERS, "pass-deadline"),
                "timer:orders.scan-deadlines?period=1000",
                Participant.transaction(ORDERS, "erase-contacts"),
                "timer:orders.scan-contacts?period=5000",
                Participant.transaction(ORDERS, "forget-customer"),
                "timer:orders.watch-sagas?period=5000",
                "timer:orders.look-at-awaited?period=250");
    }
}
