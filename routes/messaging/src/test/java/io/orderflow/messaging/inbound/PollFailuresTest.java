package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Outages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollFailuresTest {

    private final List<String> told = new ArrayList<>();
    private final List<Outages.Line> lines = new ArrayList<>();
    private final PollFailures failures = new PollFailures("inventory", (who, what, failure, line) -> {
        told.add(who + ": " + what);
        lines.add(line);
    });

    @Test
    void aPollThatFailedIsNotSaidOnceItHasSucceeded() {
        failures.pauseAfter("order_events", new IllegalStateException("no assignor"));
        assertThat(lines.getFirst().stillFails()).isTrue();

        failures.ended("order_events");
        assertThat(lines.getFirst().stillFails()).isFalse();
    }

    @Test
    void eachPauseIsLongerThanTheOneBefore() {
        long start = System.nanoTime();

        for (int i = 0; i < 4; i++) {
            failures.pauseAfter("order_events", new IllegalStateException("no assignor"));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("at least 25, 50, 100 and 200 ms")
                .isGreaterThanOrEqualTo(Duration.ofMillis(375));
        assertThat(told).hasSize(4).containsOnly("inventory: order_events: cannot poll; it is tried again");
    }
}
