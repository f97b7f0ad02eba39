package io.orderflow.orders;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderflow.contracts.CancellationReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Counts orders that were accepted and that came to their end. */
final class OrderMetrics {

    /** Each is a time series of its own in every instance. */
    private static final Duration[] BUCKETS = Stream.of(
                    "PT0.05S", "PT0.1S", "PT0.25S", "PT0.5S", "PT1S", "PT2.5S", "PT5S", "PT10S", "PT30S", "PT1M",
                    "PT5M", "PT15M", "PT30M")
            .map(Duration::parse)
            .toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final Counter accepted;
    private final Timer endToEnd;

    OrderMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.accepted = Counter.builder("orders.accepted")
                .description("orders that were answered with 202")
                .register(meters);
        this.endToEnd = Timer.builder("orders.end.to.end")
                .description("from the acceptance of an order to its end")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        Stream.concat(
                        Stream.of(Status.CONFIRMED.name()),
                        Arrays.stream(CancellationReason.values()).map(Enum::name))
                .forEach(this::outcome);
    }

    void count(int added, List<Order> finished, Instant now) {
        accepted.increment(added);
        for (var order : finished) {
            outcome(
                            order.reason() == null
                                    ? order.status().name()
                                    : order.reason().name())
                    .increment();
            endToEnd.record(Duration.between(order.createdAt(), now));
        }
    }

    /** There from the start, at zero, so that a rate sees the first order that ends so. */
    private Counter outcome(String name) {
        return Counter.builder("orders.outcome")
                .description("orders that came to their end: confirmed, or the reason for which they were cancelled")
                .tag("outcome", name.toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
