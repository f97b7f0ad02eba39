package io.orderflow.http;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void refusesWhatCannotWorkAndNamesTheKnob() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpSettings(Duration.ZERO, 1, SECOND, SECOND))
                .withMessage("orderflow.http.body-deadline: PT0S (expected: more than 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpSettings(SECOND, 0, SECOND, SECOND))
                .withMessage("orderflow.http.max-connections: 0 (expected: at least 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpSettings(SECOND, 1, SECOND.negated(), SECOND))
                .withMessageStartingWith("orderflow.http.header-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpSettings(SECOND, 1, SECOND, Duration.ZERO))
                .withMessageStartingWith("orderflow.http.keep-alive");
    }
}
