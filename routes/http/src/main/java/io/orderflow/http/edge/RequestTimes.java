package io.orderflow.http.edge;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How long requests take, under the name and with the tags that Spring gives them, so that whoever knows one of its
 * applications knows these figures. A path comes in as its template, and an unknown method as none.
 */
final class RequestTimes {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final int NOT_FOUND = 404;

    private final MeterProvider<Timer> times;

    RequestTimes(MeterRegistry meters) {
        this.times = Timer.builder("http.server.requests")
                .tags("error", "none", "exception", "none")
                .withRegistry(meters);
    }

    /** @param template the path's; null where none was found */
    void record(String method, String template, int status, long nanos) {
        times.withTags(
                        "method",
                        METHODS.contains(method) ? method : "UNKNOWN",
                        "outcome",
                        Outcome.forStatus(status).name(),
                        "status",
                        String.valueOf(status),
                        "uri",
                        template != null ? template : status == NOT_FOUND ? "NOT_FOUND" : "UNKNOWN")
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
