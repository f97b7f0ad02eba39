package io.orderflow.orders;

import io.orderflow.http.Caller;
import io.orderflow.http.Idempotency;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Orders by the keys under which customers placed them, for those who have lost the answer and with it the id. */
interface OrderKeys {

    /** What was said to this caller's wish under this key; empty where nothing has become of one. */
    Optional<Placement> placement(Caller caller, IdempotencyKey key);

    /**
     * Which order a client asks for by its key.
     *
     * @throws Refusal 404, if the caller has placed none under it
     */
    default OrderQuery query(Exchange exchange) {
        var caller = Caller.of(exchange);
        return placement(caller, IdempotencyKey.queried(exchange))
                .filter(Placement.Accepted.class::isInstance)
                .map(accepted -> new OrderQuery(((Placement.Accepted) accepted).id(), caller.id()))
                .orElseThrow(() -> new Refusal(Problem.notFound()));
    }

    /** Those of the database. */
    static OrderKeys in(Idempotency keys) {
        return (caller, key) ->
                keys.given(caller.id(), JdbcOrderRows.OPERATION, key.value()).map(JdbcOrderRows::read);
    }
}
