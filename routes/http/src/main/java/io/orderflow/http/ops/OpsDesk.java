package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Answer;
import io.orderflow.http.Call;
import io.orderflow.http.Problem;
import io.orderflow.http.Reason;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.messaging.Parking;
import java.util.UUID;
import org.apache.camel.Exchange;

/** Does what operators ask for, and sees to it that what takes effect is on record in the same transaction. */
final class OpsDesk {

    private final Parking parking;
    private final JdbcAudit audit;

    OpsDesk(Parking parking, JdbcAudit audit) {
        this.parking = parking;
        this.audit = audit;
    }

    /** A parked event that an operator wants to end. */
    record Ending(Call call, Role role, UUID id) {}

    /** What became of it. */
    record Ended(UUID id, String service, Parking.Result result) {}

    /** Finds the event, and puts its service and the reason on record even where the call is then refused. */
    Ending ending(Exchange exchange) {
        var id = Request.uuid(exchange, "id");
        var call = Reason.attachTo(exchange);
        var found = parking.find(id).orElseThrow(() -> new Refusal(Problem.notFound()));
        call = call.concerning(found.role());
        call.attachTo(exchange);
        if (found.state() != Parking.State.PARKED) {
            throw new Refusal(Problem.conflict("event: " + found.state() + " already (expected: PARKED)"));
        }
        return new Ending(call, found.role(), id);
    }

    Answer release(Ending ending) {
        return answer(ending, parking.release(ending.role(), ending.id(), witness(ending)));
    }

    Answer discard(Ending ending) {
        return answer(ending, parking.discard(ending.role(), ending.id(), witness(ending)));
    }

    private Parking.Witness witness(Ending ending) {
        return result -> audit.write(
                ending.call()
                        .changing(
                                Parking.State.PARKED.name(),
                                result == Parking.Result.FAILED_AGAIN ? Parking.State.PARKED.name() : result.name()),
                result.name());
    }

    private static Answer answer(Ending ending, Parking.Result result) {
        return switch (result) {
            case RELEASED, DISCARDED ->
                Answer.ok(new Ended(ending.id(), ending.role().name(), result));
            case FAILED_AGAIN ->
                throw new Refusal(
                        Problem.conflict("event: failed again, and stays parked (expected: its cause is gone)"));
            case BEHIND_ANOTHER ->
                throw new Refusal(Problem.conflict(
                        "event: behind another of its order (expected: that one is released or discarded first)"));
            case TOO_LATE ->
                throw new Refusal(
                        Problem.conflict("event: parked for longer than it may be released (expected: discarded;"
                                + " or orderflow.messaging.release-window and inbox-retention are longer)"));
            case NOT_PARKED -> throw new Refusal(Problem.conflict("event: ended meanwhile (expected: PARKED)"));
        };
    }
}
