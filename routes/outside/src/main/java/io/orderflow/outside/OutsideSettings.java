package io.orderflow.outside;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a company outside is called. A service has it among its own settings, as {@code orderflow.shipping.http.*}.
 *
 * @param url what the paths of calls are put behind, {@code https://carrier.example/v1}
 * @param apiKeyFile the file with the key that tells the company who we are
 * @param connectTimeout how long to wait for a connection, a free one of ours or a new one
 * @param readTimeout how long to wait for the next bytes of an answer
 * @param totalTimeout how long a call may take in all
 * @param openFor how long it is not called after too many calls got no answer
 * @param insecurePlainText whether the key and what is sent may go unencrypted through a network; for a throw-away
 *     system
 */
public record OutsideSettings(
        String url,
        Path apiKeyFile,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("10s") Duration totalTimeout,
        @DefaultValue("10s") Duration openFor,
        @DefaultValue("false") boolean insecurePlainText) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Refuses what cannot work or is not safe. */
    void check(CompanyName name) {
        var example = "https://" + name.company() + ".example/v1";
        if (url == null || url.isBlank()) {
            throw name.refused("url", "missing", "the " + name.company() + "'s address, " + example);
        }
        try {
            check(name, new URI(url), example);
        } catch (URISyntaxException e) {
            throw name.refused("url", url, "an address, " + example);
        }
        if (apiKeyFile == null) {
            throw name.refused("api-key-file", "missing", "a file with the " + name.company() + "'s key");
        }
        positive(name, "connect-timeout", connectTimeout);
        positive(name, "read-timeout", readTimeout);
        positive(name, "open-for", openFor);
        if (totalTimeout.compareTo(readTimeout) < 0) {
            throw name.refused("total-timeout", totalTimeout, ">= read-timeout, " + readTimeout);
        }
    }

    private void check(CompanyName name, URI address, String example) {
        if (address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null
                || url.endsWith("/")) {
            throw name.refused("url", "no address", example + ", without user, query or slash at its end");
        }
        boolean plain = "http".equals(address.getScheme());
        if (!plain && !"https".equals(address.getScheme())) {
            throw name.refused("url", url, "https");
        }
        if (plain && !insecurePlainText && !LOOPBACK.contains(address.getHost())) {
            throw name.refused(
                    "url",
                    url,
                    "https; or http on the loopback interface, or with " + name.settings()
                            + ".insecure-plain-text=true on a throw-away system");
        }
    }

    private static void positive(CompanyName name, String setting, Duration value) {
        if (!value.isPositive()) {
            throw name.refused(setting, value, "more than nothing");
        }
    }
}
