package io.orderflow.orders;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts orders that were accepted and that came to their end. A transaction that does not commit counts nothing. */
final class OrderMetrics {

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
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(30))
                .register(meters);
    }

    /** Counts once the transaction on this thread has committed, or at once where there is none. */
    void committed(int added, List<Order> finished, Instant now) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            count(added, finished, now);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                count(added, finished, now);
            }
        });
    }

    private void count(int added, List<Order> finished, Instant now) {
        accepted.increment(added);
        for (var order : finished) {
            meters.counter("orders.outcome", "outcome", outcome(order)).increment();
            endToEnd.record(Duration.between(order.createdAt(), now));
        }
    }

    private static String outcome(Order order) {
        var outcome =
                order.reason() == null ? order.status().name() : order.reason().name();
        return outcome.toLowerCase(Locale.ROOT);
    }
}
