package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Answer;
import io.orderflow.http.Call;
import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.Problem;
import io.orderflow.http.Reason;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.messaging.Unsendable;
import io.orderflow.messaging.Unsendable.Unsent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;

/** Shows operators what the broker refuses, and gives up what they want to, on record in the same transaction. */
final class RefusedDesk {

    private static final UUID LEAST_ID = new UUID(0, 0);
    private static final String REFUSED = "REFUSED";
    private static final String DISCARDED = "DISCARDED";

    private final Unsendable unsendable;
    private final JdbcAudit audit;

    RefusedDesk(Unsendable unsendable, JdbcAudit audit) {
        this.unsendable = unsendable;
        this.audit = audit;
    }

    /** A refused event as operators see it: what it is and how large; what is in it stays in the table. */
    record RefusedView(
            UUID id,
            String service,
            String topic,
            UUID orderId,
            String type,
            int bytes,
            Instant storedAt,
            Instant refusedAt) {

        static RefusedView of(Unsent event) {
            return new RefusedView(
                    event.id(),
                    event.role().name(),
                    event.topic(),
                    event.orderId(),
                    event.type(),
                    event.bytes(),
                    event.storedAt(),
                    event.refusedAt());
        }
    }

    /** A refused event that an operator wants to give up. */
    record GivingUp(Call call, Role role, UUID id) {}

    /** What became of it. */
    record GivenUp(UUID id, String service, String result) {}

    Page<RefusedView> refused(Exchange exchange) {
        var paging = Paging.of(exchange, Paging.AN_ID);
        var after = paging.after().stream().findFirst().map(UUID::fromString).orElse(LEAST_ID);
        var rows = unsendable.listAfter(after, paging.limit() + 1).stream()
                .map(RefusedView::of)
                .toList();
        return paging.page(rows, row -> List.of(row.id().toString()));
    }

    /** Finds the event, and puts its service and the reason on record even where the call is then refused. */
    GivingUp givingUp(Exchange exchange) {
        var id = Request.uuid(exchange, "id");
        var call = Reason.attachTo(exchange);
        var found = unsendable.find(id).orElseThrow(() -> new Refusal(Problem.notFound()));
        call = call.concerning(found.role());
        call.attachTo(exchange);
        return new GivingUp(call, found.role(), id);
    }

    Answer discard(GivingUp wish) {
        if (!unsendable.discard(
                wish.role(),
                wish.id(),
                event -> audit.write(wish.call().changing(REFUSED, DISCARDED), result(event)))) {
            throw new Refusal(Problem.conflict("event: not refused any more (expected: one that waits)"));
        }
        return Answer.ok(new GivenUp(wish.id(), wish.role().name(), DISCARDED));
    }

    /** What is on record of an event that is in no table any more. */
    private static String result(Unsent event) {
        return DISCARDED + " " + event.type() + " of order " + event.orderId() + " on " + event.topic() + ", "
                + event.bytes() + " bytes";
    }
}
