package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.outside.Company;
import io.orderflow.outside.OutsideSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is wrong with the settings is said in the provider's words and by payments' names. */
class HttpProviderSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Path KEY = AdapterOverHttp.keyFile();

    private static OutsideSettings at(String url) {
        return new OutsideSettings(url, KEY, SECOND, SECOND, SECOND, SECOND, false);
    }

    private static void take(OutsideSettings settings) throws Exception {
        new Company(HttpProviderModule.PROVIDER, settings, 1, new SimpleMeterRegistry()).close();
    }

    @Test
    void plainTextThroughANetworkIsSaidToBeInsecure() {
        var url = "http://provider.test.svc/v1";

        assertThatThrownBy(() -> take(at(url)))
                .hasMessage("orderflow.payments.http.url: http://provider.test.svc/v1 (expected: https; or http on the"
                        + " loopback interface, or with orderflow.payments.http.insecure-plain-text=true on a"
                        + " throw-away system)");
        assertThatCode(() -> take(new OutsideSettings(url, KEY, SECOND, SECOND, SECOND, SECOND, true)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheSettingThatIsWrong() {
        var url = "https://provider.example/v1";
        assertThatThrownBy(() -> take(at(null)))
                .hasMessage("orderflow.payments.http.url: missing (expected: the provider's address,"
                        + " https://provider.example/v1)");
        assertThatThrownBy(() -> take(new OutsideSettings(url, null, SECOND, SECOND, SECOND, SECOND, false)))
                .hasMessage("orderflow.payments.http.api-key-file: missing (expected: a file with the provider's key)");
        assertThatThrownBy(() -> take(new OutsideSettings(url, KEY, Duration.ZERO, SECOND, SECOND, SECOND, false)))
                .hasMessage("orderflow.payments.http.connect-timeout: PT0S (expected: more than nothing)");
        assertThatThrownBy(() -> take(new OutsideSettings(url, KEY, SECOND, MINUTE, SECOND, SECOND, false)))
                .hasMessage("orderflow.payments.http.total-timeout: PT1S (expected: >= read-timeout, PT1M)");
    }
}
