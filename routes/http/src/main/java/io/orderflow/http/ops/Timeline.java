package io.orderflow.http.ops;

import io.orderflow.messaging.ParkedSearch.Listed;
import io.orderflow.messaging.Parking.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What became of a parked event, step by step: what its row says, and what the record of calls says of it. */
final class Timeline {

    private Timeline() {}

    /** What happened in a step. */
    enum What {
        PARKED,
        FAILED_AGAIN,
        RELEASED,
        DISCARDED
    }

    /**
     * A step.
     *
     * @param caller who did it; null where no operator did, or is on record any more
     * @param reason which he gave
     * @param call in the record
     */
    record Step(Instant at, What what, String caller, String reason, UUID call) {}

    /** @param calls those that had an effect on it, the oldest first */
    static List<Step> of(Listed event, List<JdbcAudit.Entry> calls) {
        var steps = new ArrayList<Step>();
        steps.add(new Step(event.event().parkedAt(), What.PARKED, null, null, null));
        for (var call : calls) {
            steps.add(new Step(call.at(), What.valueOf(call.result()), call.caller(), call.reason(), call.id()));
        }
        var end = event.state() == State.PARKED
                ? null
                : What.valueOf(event.state().name());
        if (end != null && steps.getLast().what() != end) {
            steps.add(new Step(event.settledAt(), end, null, null, null));
        }
        return List.copyOf(steps);
    }
}
