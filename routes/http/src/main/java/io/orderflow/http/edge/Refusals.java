package io.orderflow.http.edge;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;

/** Counts what is not answered as it was asked for, each request once, whoever refuses it. */
final class Refusals {

    private static final String COUNTED = Refusals.class.getName();

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(HttpServletRequest request, int status) {
        if (status >= 400 && request.getAttribute(COUNTED) == null) {
            request.setAttribute(COUNTED, true);
            meters.counter("orderflow.http.refusals", "status", String.valueOf(status))
                    .increment();
        }
    }
}
