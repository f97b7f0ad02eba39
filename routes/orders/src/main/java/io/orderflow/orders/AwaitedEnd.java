package io.orderflow.orders;

import io.orderflow.http.Answer;
import io.orderflow.http.WaitingRoom;
import io.orderflow.messaging.Failures;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An accepted order whose client preferred to wait for its end, and that has come to it; the query takes its parameters
 * from here.
 */
final class AwaitedEnd {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedEnd.class);

    private final OrderQuery asked;
    private final Answer accepted;

    /** @param accepted what the client would have been answered without waiting */
    AwaitedEnd(OrderQuery asked, Answer accepted) {
        this.asked = asked;
        this.accepted = accepted;
    }

    /** Whether the client of this request prefers to wait; nearly none does. */
    static boolean isPreferred(Exchange exchange) {
        return WaitingRoom.of(exchange).preferredSeconds() > 0;
    }

    /** Waits for the end of an order, for as long as the client prefers. */
    static boolean comes(AwaitedOrders awaited, OrderQuery asked, Exchange exchange) {
        var room = WaitingRoom.of(exchange);
        return awaited.await(
                asked,
                order -> order.status() != Status.PENDING,
                room::enter,
                Duration.ofSeconds(room.preferredSeconds()));
    }

    OrderQuery query() {
        return asked;
    }

    /** For the query's parameter of this name. */
    public UUID getId() {
        return asked.id();
    }

    /** Likewise. */
    public String getCaller() {
        return asked.caller();
    }

    /** Puts the order that the query found in place of what was accepted; the rest of that answer stays true. */
    static Exchange filled(Exchange asked, Exchange found) {
        var accepted = asked.getMessage().getBody(AwaitedEnd.class).accepted;
        var order = OrderQuery.only(found.getMessage().getBody(List.class));
        var answer = Answer.ok(order).at(accepted.location().toString()).replayed(accepted.replayed());
        asked.getMessage().setBody(applied(asked, order, answer));
        return asked;
    }

    /** Puts what was accepted back, after a failure that shall not take it from the client. */
    static void givenUp(Exchange exchange) {
        var why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.warn("An order's end is not waited for: {}", Failures.describe(why));
        if (exchange.getMessage().getBody() instanceof AwaitedEnd end) {
            exchange.getMessage().setBody(end.accepted);
        }
    }

    /** Says that the client got what it preferred, if it did: the order is final. */
    static Answer applied(Exchange exchange, OrderView order, Answer answer) {
        int seconds = WaitingRoom.of(exchange).preferredSeconds();
        return seconds > 0 && order.status() != Status.PENDING ? answer.applied("wait=" + seconds) : answer;
    }
}
