package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InventorySettingsTest {

    @Test
    void refusesToForgetABarrierWhileItsOrderCanStillCome() {
        var settings = new InventorySettings(Duration.ofDays(10), Duration.ofDays(7));

        assertThatNoException().isThrownBy(() -> settings.remembering(Duration.ofDays(10)));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> settings.remembering(Duration.ofDays(11)))
                .withMessage("orderflow.inventory.reservation-retention: PT240H (expected: >= PT264H)");
    }

    @Test
    void refusesToForgetKeysWithinADay() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new InventorySettings(Duration.ofDays(90), Duration.ofHours(23)))
                .withMessage("orderflow.inventory.key-retention: PT23H (expected: >= PT24H)");
    }
}
