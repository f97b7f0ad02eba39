package io.orderflow.http.ops;

import io.orderflow.messaging.ParkedSearch.Listed;
import io.orderflow.messaging.Parking.State;
import io.orderflow.messaging.Releases.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

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
     * @param release of many events of which it was a part; null where it was not
     */
    record Step(Instant at, What what, String caller, String reason, UUID call, UUID release) {}

    /**
     * @param calls those that had an effect on it by itself, the oldest first
     * @param tried what releases of many did with it, the oldest first
     */
    static List<Step> of(Listed event, List<JdbcAudit.Entry> calls, List<Tried> tried) {
        var steps = new ArrayList<Step>();
        steps.add(new Step(event.event().parkedAt(), What.PARKED, null, null, null, null));
        Stream.concat(calls.stream().map(Timeline::step), tried.stream().map(Timeline::step))
                .sorted(Comparator.comparing(Step::at))
                .forEach(steps::add);
        var end = event.state() == State.PARKED
                ? null
                : What.valueOf(event.state().name());
        if (end != null && steps.getLast().what() != end) {
            steps.add(new Step(event.settledAt(), end, null, null, null, null));
        }
        return List.copyOf(steps);
    }

    private static Step step(JdbcAudit.Entry call) {
        return new Step(call.at(), What.valueOf(call.result()), call.caller(), call.reason(), call.id(), null);
    }

    private static Step step(Tried tried) {
        return new Step(
                tried.at(),
                What.valueOf(tried.result().name()),
                tried.caller(),
                tried.reason(),
                tried.call(),
                tried.release());
    }
}
