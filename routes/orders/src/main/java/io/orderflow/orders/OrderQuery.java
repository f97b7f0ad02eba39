package io.orderflow.orders;

import io.orderflow.http.Caller;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Which order a client asks for; the query takes its parameters from here, so that another caller's order is never even
 * read.
 */
record OrderQuery(UUID id, String caller) {

    static OrderQuery of(Exchange exchange) {
        return new OrderQuery(Request.uuid(exchange, "id"), Caller.of(exchange).id());
    }

    /** The one order that was found. */
    static OrderView only(List<?> found) {
        if (found.isEmpty()) {
            throw new Refusal(Problem.notFound());
        }
        return ((OrderEntity) found.getFirst()).view();
    }
}
