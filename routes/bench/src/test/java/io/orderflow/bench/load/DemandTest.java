package io.orderflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** At a constant rate each order has its moment, whatever became of the one before. */
class DemandTest {

    @Test
    void anOpenLoopHasAMomentForEachOrder() {
        var demand = Demand.open(OrderMix.EVEN, 250, Duration.ofSeconds(10));

        assertThat(demand.orders()).isEqualTo(2_500);
        assertThat(demand.meant(0)).isZero();
        assertThat(demand.meant(250)).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(demand.isOpen()).isTrue();
        assertThat(Demand.closed(OrderMix.EVEN, 16, 100).isOpen()).isFalse();
    }
}
