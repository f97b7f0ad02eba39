package io.orderflow.orders;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.apache.camel.model.rest.RestParamType.query;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import io.orderflow.http.Answer;
import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
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

    OrdersApi(OrdersChannels channels, OrdersQueries queries, OrderKeys keys) {
        this.channels = channels;
        this.queries = queries;
        this.keys = keys;
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
            .post("/{id}/cancellation").security(CUSTOMER).to("direct:orders.take-cancellation");
        takeOrder();
        listOrders();
        findOrder();
        showOrder();
        takeCancellation();
    }

    private void takeOrder() {
        from("direct:orders.take-order").routeId("orders.take-order")
            .setBody(OrdersApi::wish)
            .to(channels.placements())                                              // Placed, after the commit
            .transform().body(Placed.class, OrdersApi::answer);
    }

    private void listOrders() {
        from("direct:orders.list-orders").routeId("orders.list-orders")
            .setBody(OrderPage::of)
            .enrich(queries.orders(), OrderPage::filled);
    }

    private void findOrder() {
        from("direct:orders.find-order").routeId("orders.find-order")
            .setBody(keys::query)                                                   // OrderQuery
            .to(queries.order())
            .transform().body(List.class, OrdersApi::shown);
    }

    private void showOrder() {
        from("direct:orders.show-order").routeId("orders.show-order")
            .setBody(OrderQuery::of)
            .to(queries.order())
            .transform().body(List.class, OrdersApi::shown);
    }

    private void takeCancellation() {
        from("direct:orders.take-cancellation").routeId("orders.take-cancellation")
            .setBody(OrdersApi::cancellation)
            .to(channels.cancellations())                                           // Cancellation, after the commit
            .transform().body(Cancellation.class, OrdersApi::cancelled)             // OrderQuery
            .to(queries.order())
            .transform().body(List.class, orders -> Answer.accepted(view(orders)));
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

    private static Answer shown(List<?> found) {
        return Answer.ok(view(found)).tagged();
    }

    private static OrderView view(List<?> found) {
        return OrderQuery.only(found);
    }

    private static OrderQuery cancelled(Cancellation cancellation) {
        var order = cancellation.order();
        if (order == null) {
            throw new Refusal(Problem.notFound());
        }
        if (order.reason() != CancellationReason.CUSTOMER) {
            var reason = order.reason() == null ? "" : " (" + order.reason() + ")";
            throw new Refusal(Problem.conflict("order: " + order.status() + reason + " already (expected: PENDING)"));
        }
        return new OrderQuery(order.id(), order.customerId());
    }

    /** What a customer gets for an order: as it was when it was accepted, however often it is asked for. */
    record Receipt(UUID id, Status status, Money total, Links links) {}
}
