package io.orderflow.orders;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.apache.camel.model.rest.RestParamType.query;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Money;
import io.orderflow.http.Answer;
import io.orderflow.http.Caller;
import io.orderflow.http.EventStream;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.WaitingRoom;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Orders over REST: place one, see what becomes of it, call it off. */
final class OrdersApi extends RouteBuilder {

    /**
     * When to ask for an accepted order: as soon as the header can say. Payment and stock have mostly answered by then,
     * which {@code orders_end_to_end_seconds} shows; who asks at once only asks twice.
     */
    private static final int ASK_AFTER_SECONDS = 1;

    private final OrdersChannels channels;
    private final OrdersQueries queries;
    private final OrderKeys keys;
    private final AwaitedOrders awaited;

    OrdersApi(OrdersChannels channels, OrdersQueries queries, OrderKeys keys, AwaitedOrders awaited) {
        this.channels = channels;
        this.queries = queries;
        this.keys = keys;
        this.awaited = awaited;
    }

    @Override
    public void configure() {
        rest("/orders")
            .post().security(CUSTOMER).to("direct:orders.take-order")
            .get().security(CUSTOMER)
                .param().name("status").type(query).endParam()
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:orders.list-orders")
            .get("/by-key").security(CUSTOMER)
                .param().name(IdempotencyKey.PARAMETER).type(query).endParam()
                .to("direct:orders.find-order")
            .get("/{id}").security(CUSTOMER).to("direct:orders.show-order")
            .get("/{id}/events").security(CUSTOMER).to("direct:orders.tell-events")
            .post("/{id}/cancellation").security(CUSTOMER).to("direct:orders.take-cancellation");
        takeOrder();
        awaitEnd();
        lookAtAwaited();
        listOrders();
        findOrder();
        showOrder();
        tellEvents();
        takeCancellation();
    }

    private void takeOrder() {
        from("direct:orders.take-order").routeId("orders.take-order")
            .setBody(OrdersApi::wish)
            .to(channels.placements())                                              // Placed, after the commit
            .transform().body(Placed.class, OrdersApi::answer)
            .filter(AwaitedEnd::isPreferred)
                .to("direct:orders.await-end");
    }

    /**
     * The connection of the placement is free by now, and none is taken before the order has come to its end. The order
     * is stored: whatever fails here, its client gets what it would have been answered without waiting.
     */
    private void awaitEnd() {
        from("direct:orders.await-end").routeId("orders.await-end")
            .doTry()
                .filter(exchange -> AwaitedEnd.comes(awaited, accepted(exchange).query(), exchange))
                    .setBody(OrdersApi::accepted)
                    .enrich(queries.order(), AwaitedEnd::filled)
                .end()
            .endDoTry()
            .doCatch(Exception.class)
                .process(AwaitedEnd::givenUp);
    }

    /** What other instances of orders have done for those who wait here. */
    private void lookAtAwaited() {
        from(channels.awaitedTimer()).routeId("orders.look-at-awaited")
            .process(exchange -> awaited.look());
    }

    private void listOrders() {
        from("direct:orders.list-orders").routeId("orders.list-orders")
            .setBody(OrderPage::of)
            .enrich().body(OrderPage.class, page -> queries.orders().apply(page.statuses()))
                .aggregationStrategy(OrderPage::filled);
    }

    private void findOrder() {
        from("direct:orders.find-order").routeId("orders.find-order")
            .setBody(keys::query)                                                   // OrderQuery
            .filter(AwaitedEnd::isPreferred)
                .process(this::awaitEnd)
            .end()
            .to(queries.order())
            .setBody(OrdersApi::shown);
    }

    private void showOrder() {
        from("direct:orders.show-order").routeId("orders.show-order")
            .setBody(OrderQuery::of)
            .filter(AwaitedEnd::isPreferred)
                .process(this::awaitEnd)
            .end()
            .to(queries.order())
            .setBody(OrdersApi::shown);
    }

    /** The route ends with what there is to tell; the edge asks for more when its reader has taken that. */
    private void tellEvents() {
        from("direct:orders.tell-events").routeId("orders.tell-events")
            .setBody(OrderQuery::of)
            .setBody(this::events);
    }

    private void takeCancellation() {
        from("direct:orders.take-cancellation").routeId("orders.take-cancellation")
            .setBody(OrdersApi::cancellation)
            .to(channels.cancellations())                                           // Cancellation, after the commit
            .transform().body(Cancellation.class, Cancellation::query)              // OrderQuery
            .to(queries.order())
            .transform().body(List.class, orders -> Answer.accepted(OrderQuery.only(orders)));
    }

    private static PlaceOrder wish(Exchange exchange) {
        return new PlaceOrder(
                UuidCreator.getTimeOrderedEpoch(),
                Caller.of(exchange),
                IdempotencyKey.of(exchange),
                Request.bodyHash(exchange),
                Request.body(exchange, OrderRequest.class));
    }

    private static CancelOrder cancellation(Exchange exchange) {
        Request.noBody(exchange);
        return new CancelOrder(Request.uuid(exchange, "id"), Caller.of(exchange));
    }

    private static Answer answer(Placed placed) {
        return switch (placed.placement()) {
            case Placement.Accepted accepted -> {
                var links = Links.toOrder(accepted.id());
                var receipt = new Receipt(accepted.id(), Status.PENDING, accepted.total(), links);
                yield Answer.accepted(receipt)
                        .at(links.self())
                        .replayed(placed.isReplayed())
                        .askAfter(ASK_AFTER_SECONDS);
            }
            case Placement.Refused refused -> throw new Refusal(Problem.unacceptable(refused.errors()));
            case Placement.KeyTaken taken -> throw new Refusal(Problem.idempotencyKeyReused());
        };
    }

    private static AwaitedEnd accepted(Exchange exchange) {
        var answer = exchange.getMessage().getBody(Answer.class);
        var id = ((Receipt) answer.body()).id();
        return new AwaitedEnd(new OrderQuery(id, Caller.of(exchange).id()), answer);
    }

    private Answer events(Exchange exchange) {
        var asked = exchange.getMessage().getBody(OrderQuery.class);
        var events = new OrderEvents(asked, EventStream.lastId(exchange), awaited, WaitingRoom.of(exchange));
        return events.isEmpty() ? Answer.noContent() : Answer.ok(events);
    }

    /** The order is read after that, whether it is final or not. */
    private void awaitEnd(Exchange exchange) {
        AwaitedEnd.comes(awaited, exchange.getMessage().getBody(OrderQuery.class), exchange);
    }

    private static Answer shown(Exchange exchange) {
        var order = OrderQuery.only(exchange.getMessage().getBody(List.class));
        return AwaitedEnd.applied(exchange, order, Answer.ok(order).tagged());
    }

    /** What a customer gets for an order: as it was when it was accepted, however often it is asked for. */
    record Receipt(UUID id, Status status, Money total, Links links) {}
}
