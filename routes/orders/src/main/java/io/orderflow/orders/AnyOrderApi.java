package io.orderflow.orders;

import static io.orderflow.http.CallerRole.OPERATOR_CANCEL;
import static io.orderflow.http.CallerRole.OPERATOR_ERASE;
import static io.orderflow.http.CallerRole.OPERATOR_READ;

import io.orderflow.http.Answer;
import io.orderflow.http.Reason;
import io.orderflow.http.Request;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Orders over REST on the operators' port: see any, call it off in its customer's place, have him forgotten. */
final class AnyOrderApi extends RouteBuilder {

    private final OrdersChannels channels;
    private final OrdersQueries queries;

    AnyOrderApi(OrdersChannels channels, OrdersQueries queries) {
        this.channels = channels;
        this.queries = queries;
    }

    @Override
    public void configure() {
        rest("/ops/orders")
            .get("/{id}").security(OPERATOR_READ).security(OPERATOR_CANCEL).to("direct:orders.look-up-order")
            .post("/{id}/cancellation").security(OPERATOR_CANCEL).to("direct:orders.take-call-off")
            .post("/{id}/erasure").security(OPERATOR_ERASE).to("direct:orders.take-erasure");
        lookUpOrder();
        takeCallOff();
        takeErasure();
    }

    private void lookUpOrder() {
        from("direct:orders.look-up-order").routeId("orders.look-up-order")
            .setBody(AnyOrderApi::asked)
            .to(queries.anyOrder())
            .transform().body(List.class, OrderQuery::only);
    }

    private static AnyOrder asked(Exchange exchange) {
        return new AnyOrder(Request.uuid(exchange, "id"));
    }

    private void takeCallOff() {
        from("direct:orders.take-call-off").routeId("orders.take-call-off")
            .setBody(AnyOrderApi::callOff)
            .to(channels.callOffs())                                                // Cancellation, after the commit
            .transform().body(Cancellation.class, Cancellation::query)              // OrderQuery
            .to(queries.order())
            .transform().body(List.class, orders -> Answer.accepted(OrderQuery.only(orders)));
    }

    private void takeErasure() {
        from("direct:orders.take-erasure").routeId("orders.take-erasure")
            .setBody(AnyOrderApi::forgetting)
            .to(channels.erasureWishes())                                           // Erasure, after the commit
            .transform().body(Erasure.class, Erasure::query)                        // OrderQuery
            .to(queries.order())
            .transform().body(List.class, orders -> Answer.accepted(OrderQuery.only(orders)));
    }

    private static ForgetCustomer forgetting(Exchange exchange) {
        return new ForgetCustomer(Request.uuid(exchange, "id"), Reason.attachTo(exchange));
    }

    private static CallOff callOff(Exchange exchange) {
        return new CallOff(Request.uuid(exchange, "id"), Reason.attachTo(exchange));
    }
}
