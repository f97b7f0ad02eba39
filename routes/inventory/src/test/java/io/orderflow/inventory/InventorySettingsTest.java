package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.messaging.fixture.Remembering;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InventorySettingsTest {

    @Test
    void refusesToForgetABarrierWhileItsOrderCanStillCome() {
        var settings = new InventorySettings(Duration.ofDays(10), Duration.ofDays(7));

        var module = new InventoryModule();

        assertThat(module.finalReservations(settings, new Remembering(Duration.ofDays(10)))
                        .age())
                .isEqualTo(Duration.ofDays(10));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> module.finalReservations(settings, new Remembering(Duration.ofDays(11))))
                .withMessageStartingWith("orderflow.inventory.reservation-retention: PT240H (expected: >= PT264H");
    }

    @Test
    void refusesToForgetKeysWithinADay() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new InventorySettings(Duration.ofDays(90), Duration.ofHours(23)))
                .withMessage("orderflow.inventory.key-retention: PT23H (expected: >= PT24H)");
    }
}
