package io.orderflow.orders;

import io.orderflow.contracts.Event;
import org.apache.camel.builder.RouteBuilder;

/** The life of an order: placed, answered by payments and inventory in any order, and confirmed or cancelled. */
final class OrdersRoutes extends RouteBuilder {

    private final OrdersChannels channels;
    private final Orders orders;
    private final Deadlines deadlines;
    private final SagaWatch watch;

    OrdersRoutes(OrdersChannels channels, Orders orders, Deadlines deadlines, SagaWatch watch) {
        this.channels = channels;
        this.orders = orders;
        this.deadlines = deadlines;
        this.watch = watch;
    }

    @Override
    public void configure() {
        placeOrder();
        paymentEvents();
        inventoryEvents();
        joinAnswers();
        cancelOrder();
        scanDeadlines();
        passDeadline();
        watchSagas();
    }

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
            .transform().body(Event.class, orders::joinAnswers)                   // OrderConfirmed | OrderCancelled | nothing
            .to(channels.orderEvents());
    }

    private void cancelOrder() {
        from(channels.cancellations()).routeId("orders.cancel-order")
            .transform().body(CancelOrder.class, orders::cancelOrder)               // Cancellation
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

    private void watchSagas() {
        from(channels.watchTimer()).routeId("orders.watch-sagas")
            .process(exchange -> watch.watchSagas());
    }
}
