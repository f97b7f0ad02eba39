package io.orderflow.orders;

import io.orderflow.http.Caller;
import io.orderflow.http.Paging;
import io.orderflow.http.Request;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Which of its orders a caller asks for, newest first; the query takes its parameters from here. Ids are drawn in the
 * order of time.
 */
record OrderPage(String caller, List<Status> statuses, Paging paging) {

    private static final UUID NEWER_THAN_ALL = new UUID(-1, -1);

    static OrderPage of(Exchange exchange) {
        return new OrderPage(
                Caller.of(exchange).id(),
                Request.query(exchange, "status", Status.class).map(List::of).orElse(List.of(Status.values())),
                Paging.of(exchange, Paging.AN_ID));
    }

    /** The order that the page before ended with. */
    UUID after() {
        return paging.after().isEmpty()
                ? NEWER_THAN_ALL
                : UUID.fromString(paging.after().getFirst());
    }

    /** One more than the page has shows whether there is another. */
    int rows() {
        return paging.limit() + 1;
    }

    /** Puts what the query found in place of what was asked. */
    static Exchange filled(Exchange asked, Exchange found) {
        List<?> orders = found.getMessage().getBody(List.class);
        var summaries = orders.stream().map(OrderSummary.class::cast).toList();
        var paging = asked.getMessage().getBody(OrderPage.class).paging();
        asked.getMessage()
                .setBody(paging.page(summaries, order -> List.of(order.id().toString())));
        return asked;
    }
}
