package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParkGuardTest {

    @Test
    void noticesOneErrorInTooManyEvents() {
        var guard = new ParkGuard(10, 0.5);
        guard.parked(Collections.nCopies(3, "broken"));

        assertThat(guard.mayPark("broken", List.of())).isTrue();
        assertThat(guard.mayPark("broken", List.of("broken"))).isFalse();
        assertThat(guard.mayPark("other", List.of("broken"))).isTrue();
        guard.handled(9);
        assertThat(guard.mayPark("broken", List.of("broken"))).isTrue();
    }

    @Test
    void letsAllParkWhereAnOperatorWantsIt() {
        var guard = new ParkGuard(10, 1);
        guard.parked(Collections.nCopies(10, "broken"));

        assertThat(guard.mayPark("broken", List.of())).isTrue();
    }
}
