package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.orderflow.messaging.fixture.Remembering;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OrdersSettingsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void refusesADeadlineUnderASecond() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrdersSettings(Duration.ofMillis(999), MINUTE, DAY, DAY, DAY))
                .withMessageContaining("orderflow.orders.deadline: PT0.999S (expected: >= PT1S)");
        assertThatNoException().isThrownBy(() -> new OrdersSettings(Duration.ofSeconds(1), MINUTE, DAY, DAY, DAY));
    }

    @Test
    void refusesToForgetKeysWithinADayOrOrdersBeforeTheirKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrdersSettings(MINUTE, MINUTE, DAY, DAY, DAY.minusSeconds(1)))
                .withMessageContaining("key-retention");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrdersSettings(MINUTE, MINUTE, DAY, DAY, DAY.plusSeconds(1)))
                .withMessageContaining("order-retention");
    }

    @Test
    void refusesToForgetAnOrderWhoseContactIsNotErased() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrdersSettings(MINUTE, MINUTE, DAY, DAY.plusSeconds(1), DAY))
                .withMessageContaining("orderflow.orders.order-retention: PT24H (expected: >= PT24H1S");
    }

    @Test
    void refusesToForgetOrdersAndContactsWhileTheirEventsMayStillCome() {
        var settings = new OrdersSettings(MINUTE, MINUTE, DAY.multipliedBy(14), DAY.multipliedBy(14), DAY);

        var longer = new Remembering(DAY.multipliedBy(15));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrdersModule.erasure(settings, longer))
                .withMessageStartingWith("orderflow.orders.contact-retention: PT336H (expected: >= PT360H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrdersModule().finishedOrders(settings, longer))
                .withMessageStartingWith("orderflow.orders.order-retention: PT336H (expected: >= PT360H");
        assertThatNoException().isThrownBy(() -> OrdersModule.erasure(settings, new Remembering(DAY.multipliedBy(14))));
    }
}
