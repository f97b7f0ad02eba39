package io.orderflow.http.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Counts the requests that are answered with 4xx or 5xx, each once, no matter who refused it: the container, the edge's
 * servlet or a route.
 */
final class RefusalCount {

    private static final String COUNTED_ATTRIBUTE = RefusalCount.class.getName();

    private final MeterRegistry meters;
    private final Counter lostAnswers;

    RefusalCount(MeterRegistry meters) {
        this.meters = meters;
        this.lostAnswers = Counter.builder("orderflow.http.answers.lost")
                .description("answers that could not be written, for their clients were gone or did not read")
                .register(meters);
    }

    void count(HttpServletRequest request, int status) {
        if (status >= 400 && request.getAttribute(COUNTED_ATTRIBUTE) == null) {
            request.setAttribute(COUNTED_ATTRIBUTE, true);
            meters.counter("orderflow.http.refusals", "status", String.valueOf(status))
                    .increment();
        }
    }

    /** An answer could not be written, for its client is gone or does not read. */
    void lostAnswer() {
        lostAnswers.increment();
    }
}
