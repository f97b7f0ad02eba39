package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProviderSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Path KEY = Path.of("key");

    @TempDir
    Path folder;

    private static HttpProviderSettings at(String url) {
        return new HttpProviderSettings(url, KEY, SECOND, SECOND, SECOND, SECOND, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://provider.example/v1",
                "https://provider.example",
                "http://localhost:9990/v1",
                "http://127.0.0.1:9990/v1",
                "http://[::1]:9990/v1"
            })
    void takesWhatIsSafe(String url) {
        assertThat(at(url).checked().url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://provider.example/v1",
                "http://localhost.example/v1",
                "ftp://localhost/v1",
                "provider.example",
                "https://user:secret@provider.example/v1",
                "https://provider.example/v1?followRedirects=true",
                "https://provider.example/v1#x",
                "https://provider.example/v1/",
                "https://provider example/v1",
                "https:///v1"
            })
    void refusesWhatIsNot(String url) {
        assertThatThrownBy(() -> at(url).checked())
                .hasMessageStartingWith("orderflow.payments.http.url: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void plainTextThroughANetworkIsSaidToBeInsecure() {
        var url = "http://provider.test.svc/v1";

        assertThatThrownBy(() -> at(url).checked())
                .hasMessage("orderflow.payments.http.url: http://provider.test.svc/v1 (expected: https; or http on the"
                        + " loopback interface, or with orderflow.payments.http.insecure-plain-text=true on a"
                        + " throw-away system)");
        assertThat(new HttpProviderSettings(url, KEY, SECOND, SECOND, SECOND, SECOND, true)
                        .checked()
                        .url())
                .isEqualTo(url);
    }

    @Test
    void namesTheSettingThatIsWrong() {
        var url = "https://provider.example/v1";
        assertThatThrownBy(() -> at(null).checked())
                .hasMessage("orderflow.payments.http.url: missing (expected: the provider's address,"
                        + " https://provider.example/v1)");
        assertThatThrownBy(() -> new HttpProviderSettings(url, null, SECOND, SECOND, SECOND, SECOND, false).checked())
                .hasMessage("orderflow.payments.http.api-key-file: missing (expected: a file with the provider's key)");
        assertThatThrownBy(() ->
                        new HttpProviderSettings(url, KEY, Duration.ZERO, SECOND, SECOND, SECOND, false).checked())
                .hasMessage("orderflow.payments.http.connect-timeout: PT0S (expected: more than nothing)");
        assertThatThrownBy(() -> new HttpProviderSettings(url, KEY, SECOND, MINUTE, SECOND, SECOND, false).checked())
                .hasMessage("orderflow.payments.http.total-timeout: PT1S (expected: >= read-timeout, PT1M)");
    }

    @Test
    void aKeyIsOneLineOfAFileAndANewOneNeedsNoRestart() throws Exception {
        var file = Files.writeString(folder.resolve("key"), "first\n");
        var key = ApiKey.in(file);
        assertThat(key.value()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(key.value()).isEqualTo("second");

        Files.writeString(file, "two\nlines");
        assertThatThrownBy(() -> ApiKey.in(file))
                .hasMessage(
                        "orderflow.payments.http.api-key-file: " + file + " (expected: one line of printable ASCII)");
        assertThatThrownBy(() -> ApiKey.in(folder.resolve("none")))
                .hasMessage("orderflow.payments.http.api-key-file: " + folder.resolve("none")
                        + " cannot be read (expected: a readable file)");
    }
}
