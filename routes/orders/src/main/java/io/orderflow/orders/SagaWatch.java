package io.orderflow.orders;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.orders.OpenOrders.Counts;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many sagas are under way, how many orders are stuck, and how many cancellations are not settled although they
 * should be: behind each a customer may wait for an answer or for money. Counted on a timer, so that a scrape never
 * waits for the database; not a number until it was counted.
 */
final class SagaWatch {

    private static final Logger log = LoggerFactory.getLogger(SagaWatch.class);
    private static final int MOST_COUNTED_ORDERS = 10_000;

    private final OpenOrders orders;
    private final Duration stuckAfter;
    private final Duration unsettledAfter;
    private volatile Counts latest;

    SagaWatch(OpenOrders orders, Duration stuckAfter, Duration unsettledAfter, MeterRegistry meters) {
        this.orders = orders;
        this.stuckAfter = stuckAfter;
        this.unsettledAfter = unsettledAfter;
        active(meters, "pending", Counts::pending);
        active(meters, "settling", Counts::settling);
        Gauge.builder("orders.stuck", () -> value(Counts::stuck))
                .description("pending orders that should have ended long ago, by their deadline at the latest")
                .register(meters);
        Gauge.builder("orders.unsettled", () -> value(Counts::unsettled))
                .description("cancelled orders that payments or inventory should have answered long ago")
                .register(meters);
    }

    private void active(MeterRegistry meters, String state, ToDoubleFunction<Counts> value) {
        Gauge.builder("saga.active", () -> value(value))
                .description("orders under way")
                .tag("state", state)
                .register(meters);
    }

    private double value(ToDoubleFunction<Counts> part) {
        var counts = latest;
        return counts == null ? Double.NaN : part.applyAsDouble(counts);
    }

    /** Counts, and warns when more orders or cancellations are overdue than the time before. */
    void watchSagas() {
        var before = latest == null ? Counts.NONE : latest;
        latest = count();
        if (latest.stuck() > before.stuck()) {
            log.warn(
                    "orders pending for longer than {}: {}"
                            + " (expected: 0; look for parked events, and whether payments and inventory run)",
                    stuckAfter,
                    latest.stuck());
        }
        if (latest.unsettled() > before.unsettled()) {
            log.warn(
                    "cancelled orders not settled after {}: {}"
                            + " (expected: 0; look for parked events, and whether payments and inventory run)",
                    unsettledAfter,
                    latest.unsettled());
        }
    }

    private Counts count() {
        try {
            return orders.count(stuckAfter, unsettledAfter, MOST_COUNTED_ORDERS);
        } catch (RuntimeException e) {
            latest = null;
            throw e;
        }
    }
}
