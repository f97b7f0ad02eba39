package io.orderflow.http.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Caller;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests of one caller may be under way at once, each from the moment it is let in until its answer is out.
 * The rate says how often a caller may ask; a caller who does not read what it has asked for would otherwise fill the
 * memory with answers. The bound holds in one process, as the rate does.
 */
final class UnderWay {

    private final int most;
    private final Map<Caller, Integer> counts = new ConcurrentHashMap<>();
    private final Counter refused;

    /** @param most 0 for any number */
    UnderWay(int most, MeterRegistry meters) {
        this.most = most;
        this.refused = Counter.builder("orderflow.http.under.way.refused")
                .description("requests of callers of whose requests as many as may be were under way")
                .register(meters);
    }

    /**
     * Counts the request until its turn ends, or until it waits: {@link Waits}.
     *
     * @throws Refusal 429, if as many as may be are under way
     */
    void begin(Caller caller, Turn turn) {
        if (most == 0) {
            return;
        }
        counts.compute(caller, (same, count) -> one(count == null ? 0 : count) + 1);
        turn.whileUnderWay(() -> counts.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1));
    }

    private int one(int count) {
        if (count >= most) {
            refused.increment();
            throw new Refusal(Problem.of(
                    ProblemType.TOO_MANY_REQUESTS,
                    "requests: too many at once (expected: at most " + most + " whose answers are not read yet)"));
        }
        return count;
    }
}
