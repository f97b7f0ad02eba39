package io.orderflow.messaging.watch;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Topology.ORDER_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoppedConsumersTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final StoppedConsumers stopped = new StoppedConsumers(now::get);

    @Test
    void whereNothingBadComesAnyMoreNoneStaysStopped() {
        var longest = Duration.ofMinutes(6);
        stopped.stopped(INVENTORY, ORDER_EVENTS, longest);
        now.addAndGet(longest.toNanos() - 1);
        assertThat(stopped.has(INVENTORY, ORDER_EVENTS)).isTrue();
        stopped.stopped(INVENTORY, ORDER_EVENTS, longest);
        now.addAndGet(longest.toNanos() - 1);
        assertThat(stopped.has(INVENTORY, ORDER_EVENTS)).isTrue();

        now.incrementAndGet();
        assertThat(stopped.has(INVENTORY, ORDER_EVENTS)).isFalse();
    }
}
