package io.orderflow.orders;

import io.orderflow.contracts.Event;
import org.apache.camel.builder.RouteBuilder;

/** The life of an order: placed, answered by payments and inventory in any order, and confirmed or cancelled. */
final class OrdersRoutes extends RouteBuilder {

    private final OrdersChannels channels;
    private final Orders orders;
    private final Deadlines deadlines;
    private final EraseContacts erasure;
    private final SagaWatch watch;

    /** @param erasure what is due whenever the timer rings */
    OrdersRoutes(OrdersChannels channels, Orders orders, Deadlines deadlines, EraseContacts erasure, SagaWatch watch) {
        this.channels = channels;
        this.orders = orders;
        this.deadlines = deadlines;
        this.erasure = erasure;
        this.watch = watch;
    }

    @Override
    public void configure() {
        placeOrder();
        paymentEvents();
        inventoryEvents();
        joinAnswers();
        cancelOrder();
        callOffOrder();
        scanDeadlines();
        passDeadline();
        scanContacts();
        eraseContacts();
        forgetCustomer();
        watchSagas();
    }

    /** Prices are decided before this, when the keys of the whole batch are claimed: {@link Orders#load} says why. */
    private void placeOrder() {
        from(channels.placements()).routeId("orders.place-order")
            .transform().body(PlaceOrder.class, orders::placeOrder)                 // Placed
            .to(channels.orderEvents())                                             // OrderCreated
            .to(channels.orderContacts());                                          // OrderContact
    }

    private void paymentEvents() {
        from(channels.paymentEvents()).routeId("orders.payment-events")
            .to("direct:orders.join-answers");
    }

    private void inventoryEvents() {
        from(channels.inventoryEvents()).routeId("orders.inventory-events")
            .to("direct:orders.join-answers");
    }

    private void joinAnswers() {
        from("direct:orders.join-answers").routeId("orders.join-answers")
            .transform().body(Event.class, orders::joinAnswers)                     // OrderConfirmed | OrderCancelled
            .to(channels.orderEvents());
    }

    private void cancelOrder() {
        from(channels.cancellations()).routeId("orders.cancel-order")
            .transform().body(CancelOrder.class, orders::cancelOrder)               // Cancellation
            .to(channels.orderEvents());                                            // OrderCancelled
    }

    private void callOffOrder() {
        from(channels.callOffs()).routeId("orders.call-off-order")
            .transform().body(CallOff.class, orders::callOffOrder)                  // Cancellation
            .to(channels.orderEvents());                                            // OrderCancelled
    }

    private void scanDeadlines() {
        from(channels.deadlineTimer()).routeId("orders.scan-deadlines")
            .setBody(exchange -> deadlines.passed())
            .split(body())
                .to(channels.deadlines());
    }

    private void passDeadline() {
        from(channels.deadlines()).routeId("orders.pass-deadline")
            .transform().body(DeadlinePassed.class, orders::passDeadline)           // OrderCancelled | nothing any more
            .to(channels.orderEvents());
    }

    /** Instances that look at the same time share what there is, so none needs a lease. */
    private void scanContacts() {
        from(channels.erasureTimer()).routeId("orders.scan-contacts")
            .setBody(constant(erasure))                                             // EraseContacts
            .to(channels.erasures());
    }

    private void eraseContacts() {
        from(channels.erasures()).routeId("orders.erase-contacts")
            .transform().body(EraseContacts.class, orders::eraseContacts)           // ContactErased, several
            .to(channels.orderContacts());
    }

    private void forgetCustomer() {
        from(channels.erasureWishes()).routeId("orders.forget-customer")
            .transform().body(ForgetCustomer.class, orders::forgetCustomer)         // Erasure
            .to(channels.orderContacts());                                          // ContactErased
    }

    private void watchSagas() {
        from(channels.watchTimer()).routeId("orders.watch-sagas")
            .process(exchange -> watch.watchSagas());
    }
}
