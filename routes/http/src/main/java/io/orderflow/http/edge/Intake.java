package io.orderflow.http.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.Backlogs.Backlog;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Refuses new requests to a service while too many of its events wait for the broker, or one that other services answer
 * has waited for too long: an order that is accepted and cannot go on is worse than one that is refused. Requests that
 * only read are answered all the same.
 *
 * <p>It looks at figures that are up to two seconds old; what comes in during those exceeds the bound.
 */
final class Intake {

    private final Supplier<Backlogs> backlogs;
    private final int maxPending;
    private final Duration maxAge;
    private final MeterRegistry meters;

    /** @param backlogs gives null in a process that sends nothing to a broker */
    Intake(Supplier<Backlogs> backlogs, int maxPending, Duration maxAge, MeterRegistry meters) {
        this.backlogs = backlogs;
        this.maxPending = maxPending;
        this.maxAge = maxAge;
        this.meters = meters;
    }

    /** @throws Refusal 503, if too many of the service's events wait, or one for too long */
    void check(String service) {
        var known = backlogs.get();
        if (known != null) {
            known.of(service).ifPresent(backlog -> check(service, backlog));
        }
    }

    private void check(String service, Backlog backlog) {
        if (backlog.events() > maxPending) {
            throw refusal(service, "events");
        }
        if (backlog.oldest().compareTo(maxAge) > 0) {
            throw refusal(service, "age");
        }
    }

    private Refusal refusal(String service, String bound) {
        meters.counter("orderflow.http.intake.refused", "role", service, "bound", bound)
                .increment();
        return new Refusal(Problem.of(ProblemType.UNAVAILABLE, "Too much waits to be passed on; nothing was done"));
    }
}
