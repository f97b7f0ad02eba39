package io.orderflow.http.identity;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call, {@code orderflow.identity.*}. Nothing of what a token must show has a default: a set-up that forgets
 * its audience would take the tokens of every other service of its issuer.
 *
 * @param mode how callers show who they are
 * @param issuer who signs tokens, as in their {@code iss}
 * @param audience whom tokens are meant for, one of their {@code aud}
 * @param algorithms by which they may be signed
 * @param keys where the issuer's key set is, an {@code https:} or {@code file:} URL; what a token says
 *     about it is ignored
 * @param clockSkew how far the issuer's clock and ours may be apart
 * @param rolesClaim in which claim a token lists its roles: its name, or the path to it, as {@code realm_access.roles}
 * @param types which a token may be of, as in its header's {@code typ}; one that names none is taken
 * @param insecureTrustEveryone allows the mode {@code none} beyond one's own machine, where everybody who reaches the
 *     port may do everything
 */
@ConfigurationProperties(prefix = "orderflow.identity", ignoreUnknownFields = false)
record IdentitySettings(
        @DefaultValue("jwt") Mode mode,
        @DefaultValue("") String issuer,
        @DefaultValue("") String audience,
        @DefaultValue List<Algorithm> algorithms,
        URI keys,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue({"JWT", "at+jwt"}) List<String> types,
        @DefaultValue("false") boolean insecureTrustEveryone) {

    private static final Duration LARGEST_SKEW = Duration.ofSeconds(60);

    /** How callers show who they are. */
    enum Mode {
        /** By a signed token. */
        JWT,
        /** By a name in a header, which is believed. */
        NONE
    }

    /** The signatures that are taken: each is made with a private key that we never have. */
    enum Algorithm {
        RS256,
        ES256
    }

    IdentitySettings {
        if (clockSkew.isNegative() || clockSkew.compareTo(LARGEST_SKEW) > 0) {
            throw new IllegalArgumentException(
                    "orderflow.identity.clock-skew: " + clockSkew + " (expected: 0 to " + LARGEST_SKEW + ")");
        }
        if (mode == Mode.JWT) {
            required("issuer", !issuer.isBlank(), "who signs tokens, as in their iss");
            required("audience", !audience.isBlank(), "whom tokens are meant for, as in their aud");
            required("algorithms", !algorithms.isEmpty(), "RS256 or ES256, or both");
            required("types", !types.isEmpty() && types.stream().noneMatch(String::isBlank), "JWT or at+jwt, or both");
            required("keys", keys != null, "where the issuer's key set is, an https: or file: URL");
            if (!keys.isAbsolute() || !List.of("https", "file").contains(keys.getScheme())) {
                throw new IllegalArgumentException(
                        "orderflow.identity.keys: " + keys + " (expected: an https: or file: URL)");
            }
        }
    }

    private static void required(String name, boolean given, String expected) {
        if (!given) {
            throw new IllegalArgumentException("orderflow.identity." + name + ": missing (expected: " + expected + ")");
        }
    }
}
