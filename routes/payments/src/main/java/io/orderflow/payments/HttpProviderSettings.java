package io.orderflow.payments;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a provider is called that is somewhere else, {@code orderflow.payments.http.*}.
 *
 * @param url what the contract's paths are put behind, {@code https://provider.example/v1}
 * @param apiKeyFile the file with the key that tells it who we are
 * @param connectTimeout how long to wait for a connection, a free one of ours or a new one
 * @param readTimeout how long to wait for the next bytes of an answer
 * @param totalTimeout how long a call may take in all
 * @param openFor how long it is not called after too many calls got no answer
 * @param insecurePlainText whether the key and the tokens may go unencrypted through a network; for a throw-away system
 */
record HttpProviderSettings(
        String url,
        Path apiKeyFile,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("10s") Duration totalTimeout,
        @DefaultValue("10s") Duration openFor,
        @DefaultValue("false") boolean insecurePlainText) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Refuses what cannot work or is not safe. */
    HttpProviderSettings checked() {
        if (url == null || url.isBlank()) {
            throw refused("url", "missing", "the provider's address, https://provider.example/v1");
        }
        check(parsed());
        if (apiKeyFile == null) {
            throw refused("api-key-file", "missing", "a file with the provider's key");
        }
        positive("connect-timeout", connectTimeout);
        positive("read-timeout", readTimeout);
        positive("open-for", openFor);
        if (totalTimeout.compareTo(readTimeout) < 0) {
            throw refused("total-timeout", totalTimeout, ">= read-timeout, " + readTimeout);
        }
        return this;
    }

    private URI parsed() {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw refused("url", url, "an address, https://provider.example/v1");
        }
    }

    private void check(URI address) {
        if (address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null
                || url.endsWith("/")) {
            throw refused("url", "no address", "https://provider.example/v1, without user, query or slash at its end");
        }
        boolean plain = "http".equals(address.getScheme());
        if (!plain && !"https".equals(address.getScheme())) {
            throw refused("url", url, "https");
        }
        if (plain && !insecurePlainText && !LOOPBACK.contains(address.getHost())) {
            throw refused(
                    "url",
                    url,
                    "https; or http on the loopback interface, or with"
                            + " orderflow.payments.http.insecure-plain-text=true on a throw-away system");
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw refused(name, value, "more than nothing");
        }
    }

    private static IllegalArgumentException refused(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "orderflow.payments.http." + name + ": " + value + " (expected: " + expected + ")");
    }
}
