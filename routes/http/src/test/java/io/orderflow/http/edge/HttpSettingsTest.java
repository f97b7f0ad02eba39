package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HttpSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "head-deadline       | 0s     | PT0S (expected: more than 0)",
                "body-deadline       | 0s     | PT0S (expected: more than 0)",
                "answer-deadline     | 0s     | PT0S (expected: more than 0)",
                "header-timeout      | -1s    | PT-1S (expected: more than 0)",
                "keep-alive          | 0s     | PT0S (expected: more than 0)",
                "drain               | 1m     | PT1M (expected: 0 to PT25S)",
                "max-connections     | 15     | 15 (expected: 16 to 2147483647)",
                "requests-per-second | -1     | -1 (expected: 0 to 1000000)",
                "requests-under-way  | -1     | -1 (expected: 0 to 1000000)",
                "waits               | -1     | -1 (expected: 0 to 1000000)",
                "waits-of-a-caller   | 0      | 0 (expected: 1 to 1000000)",
                "longest-wait        | 999ms  | PT0.999S (expected: PT1S to PT5M)",
                "longest-wait        | 6m     | PT6M (expected: PT1S to PT5M)",
                "longest-stream      | 0s     | PT0S (expected: more than 0)",
                "heartbeat           | 0s     | PT0S (expected: more than 0)",
                "origins             | *      | * (expected: as https://shop.example)",
                "origins             | null   | null (expected: as https://shop.example)",
                "burst               | 0      | 0 (expected: 1 to 1000000)",
                "intake-max-events   | 0      | 0 (expected: 1 to 99999)",
                "intake-max-events   | 100000 | 100000 (expected: 1 to 99999)",
                "intake-max-age      | 0s     | PT0S (expected: more than 0)"
            })
    void refusesWhatCannotWorkAndNamesTheKnob(String name, String value, String expected) {
        assertThatThrownBy(() -> settings(Map.of("orderflow.http." + name, value)))
                .rootCause()
                .hasMessage("orderflow.http." + name + ": " + expected);
    }

    @Test
    void limitsWhoeverSaysNothing() {
        var settings = settings(Map.of());

        assertThat(settings.requestsPerSecond()).isEqualTo(50);
        assertThat(settings.burst()).isEqualTo(100);
        assertThat(settings.requestsUnderWay()).isEqualTo(100);
        assertThat(settings.waits()).isEqualTo(1_000);
        assertThat(settings.waitsOfACaller()).isEqualTo(100);
    }

    private static HttpSettings settings(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("orderflow.http", HttpSettings.class);
    }
}
