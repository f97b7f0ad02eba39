package io.orderflow.payments;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How many refunds keep failing: behind each is a customer who waits for money. Counted on a timer, so that a scrape
 * never waits for the database; not a number until it was counted.
 */
final class RefundWatch {

    private final PaymentRows rows;
    private volatile double failing = Double.NaN;

    RefundWatch(PaymentRows rows, MeterRegistry meters) {
        this.rows = rows;
        Gauge.builder("payments.refund.failed", () -> failing)
                .description("refunds that keep failing; each is tried again until it works")
                .register(meters);
    }

    void watchRefunds() {
        try {
            failing = rows.countFailing();
        } catch (RuntimeException e) {
            failing = Double.NaN;
            throw e;
        }
    }
}
