package io.orderflow.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and key: what cannot work or is not safe is refused at the start, by the setting's name. */
class OutsideSettingsTest {

    private static final CompanyName CARRIER = new CompanyName("shipping", "carrier", "orderflow.shipping.http");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Path KEY = Path.of("key");

    @TempDir
    Path folder;

    private static OutsideSettings at(String url) {
        return new OutsideSettings(url, KEY, SECOND, SECOND, SECOND, SECOND, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://carrier.example/v1",
                "https://carrier.example",
                "http://localhost:9990/v1",
                "http://127.0.0.1:9990/v1",
                "http://[::1]:9990/v1"
            })
    void takesWhatIsSafe(String url) {
        assertThatCode(() -> at(url).check(CARRIER)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://carrier.example/v1",
                "http://localhost.example/v1",
                "ftp://localhost/v1",
                "carrier.example",
                "https://user:secret@carrier.example/v1",
                "https://carrier.example/v1?followRedirects=true",
                "https://carrier.example/v1#x",
                "https://carrier.example/v1/",
                "https://carrier example/v1",
                "https:///v1"
            })
    void refusesWhatIsNot(String url) {
        assertThatThrownBy(() -> at(url).check(CARRIER))
                .hasMessageStartingWith("orderflow.shipping.http.url: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void plainTextThroughANetworkIsSaidToBeInsecure() {
        var url = "http://carrier.test.svc/v1";

        assertThatThrownBy(() -> at(url).check(CARRIER))
                .hasMessage("orderflow.shipping.http.url: http://carrier.test.svc/v1 (expected: https; or http on the"
                        + " loopback interface, or with orderflow.shipping.http.insecure-plain-text=true on a"
                        + " throw-away system)");
        assertThatCode(() -> new OutsideSettings(url, KEY, SECOND, SECOND, SECOND, SECOND, true).check(CARRIER))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheSettingThatIsWrong() {
        var url = "https://carrier.example/v1";
        assertThatThrownBy(() -> at(null).check(CARRIER))
                .hasMessage("orderflow.shipping.http.url: missing (expected: the carrier's address,"
                        + " https://carrier.example/v1)");
        assertThatThrownBy(() -> new OutsideSettings(url, null, SECOND, SECOND, SECOND, SECOND, false).check(CARRIER))
                .hasMessage("orderflow.shipping.http.api-key-file: missing (expected: a file with the carrier's key)");
        assertThatThrownBy(() ->
                        new OutsideSettings(url, KEY, Duration.ZERO, SECOND, SECOND, SECOND, false).check(CARRIER))
                .hasMessage("orderflow.shipping.http.connect-timeout: PT0S (expected: more than nothing)");
        assertThatThrownBy(() -> new OutsideSettings(url, KEY, SECOND, MINUTE, SECOND, SECOND, false).check(CARRIER))
                .hasMessage("orderflow.shipping.http.total-timeout: PT1S (expected: >= read-timeout, PT1M)");
    }

    @Test
    void aKeyIsOneLineOfAFileAndANewOneNeedsNoRestart() throws Exception {
        var file = Files.writeString(folder.resolve("key"), "first\n");
        var key = ApiKey.in(file, CARRIER);
        assertThat(key.value()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(key.value()).isEqualTo("second");

        Files.writeString(file, "two\nlines");
        assertThatThrownBy(() -> ApiKey.in(file, CARRIER))
                .hasMessage(
                        "orderflow.shipping.http.api-key-file: " + file + " (expected: one line of printable ASCII)");
        assertThatThrownBy(() -> ApiKey.in(folder.resolve("none"), CARRIER))
                .hasMessage("orderflow.shipping.http.api-key-file: " + folder.resolve("none")
                        + " cannot be read (expected: a readable file)");
    }
}
