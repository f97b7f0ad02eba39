package io.orderflow.http.identity;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderflow.http.identity.IdentitySettings.Algorithm;
import io.orderflow.http.identity.IdentitySettings.Mode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentitySettingsTest {

    private static final URI KEYS = URI.create("https://issuer.example/keys");
    private static final List<Algorithm> ES256 = List.of(Algorithm.ES256);
    private static final List<String> TYPES = List.of("JWT");
    private static final Duration SKEW = Duration.ofSeconds(30);

    @Test
    void refusesTokensWithoutAllThatIsPinned() {
        refuses("issuer: missing", "", "a", ES256, KEYS, SKEW);
        refuses("audience: missing", "i", " ", ES256, KEYS, SKEW);
        refuses("algorithms: missing", "i", "a", List.of(), KEYS, SKEW);
        refuses("keys: missing", "i", "a", ES256, null, SKEW);
        refuses("keys: http://x (expected: an https: or file: URL)", "i", "a", ES256, URI.create("http://x"), SKEW);
        refuses("clock-skew: PT1M1S (expected: 0 to PT1M)", "i", "a", ES256, KEYS, Duration.ofSeconds(61));
    }

    private static void refuses(
            String says, String issuer, String audience, List<Algorithm> algorithms, URI keys, Duration skew) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new IdentitySettings(Mode.JWT, issuer, audience, algorithms, keys, skew, "roles", TYPES, false))
                .withMessageStartingWith("orderflow.identity." + says);
    }
}
