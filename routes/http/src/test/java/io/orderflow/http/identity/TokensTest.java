package io.orderflow.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.orderflow.http.Refusal;
import io.orderflow.http.identity.IdentitySettings.Algorithm;
import io.orderflow.http.identity.IdentitySettings.Mode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.BadJwtException;

class TokensTest {

    @TempDir
    private Path folder;

    @Test
    void takesATokenOfAPinnedAlgorithmAndNoOther() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var keys = published(key);
        var token = token(key, JWSAlgorithm.RS256, "one", Instant.now().plusSeconds(60));

        assertThat(tokens(keys, Algorithm.RS256).decode(token).getSubject()).isEqualTo("ada");
        refuses(tokens(keys, Algorithm.ES256), token);
        refuses(
                tokens(keys, Algorithm.RS256),
                token(key, JWSAlgorithm.RS512, "one", Instant.now().plusSeconds(60)));
    }

    @Test
    void refusesATokenThatNeverEnds() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();

        refuses(tokens(published(key), Algorithm.RS256), token(key, JWSAlgorithm.RS256, "one", null));
    }

    @Test
    void takesAKeyThatIsPublishedLater() throws Exception {
        var old = new RSAKeyGenerator(2048).keyID("one").generate();
        var next = new RSAKeyGenerator(2048).keyID("two").generate();
        var tokens = tokens(published(old), Algorithm.RS256);
        tokens.decode(token(old, JWSAlgorithm.RS256, "one", Instant.now().plusSeconds(60)));

        published(old, next);

        assertThat(tokens.decode(token(
                                next, JWSAlgorithm.RS256, "two", Instant.now().plusSeconds(60)))
                        .getSubject())
                .isEqualTo("ada");
    }

    /** Else anybody could make us call the issuer as often as he likes, or see us fail. */
    @Test
    void refusesInventedKeyNamesHoweverMany() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(published(key), Algorithm.RS256);

        for (int i = 0; i < 5; i++) {
            refuses(
                    tokens,
                    token(
                            key,
                            JWSAlgorithm.RS256,
                            "invented-" + i,
                            Instant.now().plusSeconds(60)));
        }
        var late = new RSAKeyGenerator(2048).keyID("late").generate();
        published(key, late);
        // It is there by now, but the issuer has been asked often enough for the moment.
        refuses(tokens, token(late, JWSAlgorithm.RS256, "late", Instant.now().plusSeconds(60)));
        assertThat(tokens.decode(
                        token(key, JWSAlgorithm.RS256, "one", Instant.now().plusSeconds(60))))
                .isNotNull();
    }

    @Test
    void cannotTellWithoutTheIssuersKeys() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(URI.create("https://localhost:1/keys"), Algorithm.RS256);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> tokens.decode(
                        token(key, JWSAlgorithm.RS256, "one", Instant.now().plusSeconds(60))))
                .satisfies(refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
    }

    /** Asked at most twice in half a minute, it still does not know. */
    @Test
    void cannotTellHoweverOftenItIsAsked() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(URI.create("https://localhost:1/keys"), Algorithm.RS256);
        var token = token(key, JWSAlgorithm.RS256, "one", Instant.now().plusSeconds(60));

        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> tokens.decode(token))
                    .satisfies(refusal -> {
                        assertThat(refusal.problem().status()).isEqualTo(503);
                        assertThat(refusal.problem().retryAfter()).isPositive();
                    });
        }
    }

    @Test
    void takesTokensOfTheTypesThatAreSet() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(published(key), Algorithm.RS256);

        for (var type : new String[] {null, "JWT", "jwt", "at+jwt", "AT+JWT"}) {
            assertThat(tokens.decode(token(key, type, claims())).getSubject()).isEqualTo("ada");
        }
        assertThat(reason(tokens, token(key, "dpop+jwt", claims()))).isEqualTo("typ");
    }

    @Test
    void saysInAWordWhatIsWrong() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var other = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(published(key), Algorithm.RS256);
        var past = Date.from(Instant.now().minusSeconds(600));

        assertThat(reason(tokens, "x")).isEqualTo("form");
        assertThat(reason(tokens, token(other, "JWT", claims()))).isEqualTo("signature");
        assertThat(reason(tokens, token(key, "JWT", claims().expirationTime(past))))
                .isEqualTo("time");
        assertThat(reason(tokens, token(key, "JWT", claims().issuer("x")))).isEqualTo("iss");
        assertThat(reason(tokens, token(key, "JWT", claims().audience("x")))).isEqualTo("aud");
        assertThat(reason(tokens, token(key, "JWT", claims().subject("\u0141"))))
                .isEqualTo("sub");
        for (var claims : List.of("x", "[]", "{\"exp\":\"x\"}", "{\"aud\":{}}")) {
            var token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), new Payload(claims));
            token.sign(new RSASSASigner(key));
            assertThat(reason(tokens, token.serialize())).as(claims).isEqualTo("form");
        }
    }

    /** Nobody asks for a proof that the bearer has the key. */
    @Test
    void refusesABoundToken() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(published(key), Algorithm.RS256);

        for (var cnf : List.of(Map.of("x5t#S256", "x"), Map.of("jkt", "x"), Map.of(), "odd", 1, List.of())) {
            assertThat(reason(tokens, token(key, "JWT", claims().claim("cnf", cnf))))
                    .as("%s", cnf)
                    .isEqualTo("cnf");
        }
    }

    @Test
    void takesRolesThatAreAListOfTexts() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(published(key), Algorithm.RS256);

        for (var odd : List.of(List.of(1), List.of(Map.of()), Map.of("a", "b"), 1, true)) {
            var inner = token(key, "JWT", claims().claim("realm_access", Map.of("roles", odd)));
            assertThat(reason(tokens, inner)).as("%s", odd).isEqualTo("roles");
        }
        assertThat(reason(tokens, token(key, "JWT", claims().claim("realm_access", List.of("a")))))
                .isEqualTo("roles");
        var good = claims().claim("realm_access", Map.of("roles", List.of("customer", "x")));
        assertThat(RoleClaim.of(tokens.decode(token(key, "JWT", good)), "realm_access.roles"))
                .contains(Set.of("customer", "x"));
        var plain = claims().claim("https://x.example/roles", List.of("customer"));
        assertThat(RoleClaim.of(tokens.decode(token(key, "JWT", plain)), "https://x.example/roles"))
                .contains(Set.of("customer"));
        assertThat(RoleClaim.of(tokens.decode(token(key, "JWT", claims())), "roles"))
                .contains(Set.of());
    }

    /** Each is one that issuers give, and none is a failure. */
    @Test
    void takesEachRoleOnceAndNoBlankOne() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var tokens = tokens(published(key), Algorithm.RS256);

        for (var none : List.of("", " ", "\t", List.of(), List.of(""), List.of(" ", ""))) {
            assertThat(roles(tokens, key, none)).as("[%s]", none).isEmpty();
        }
        for (var some : List.of("a a", " b  a b ", List.of("a", "a"), List.of("a", "", "b"))) {
            assertThat(roles(tokens, key, some)).as("[%s]", some).contains("a").isSubsetOf("a", "b");
        }
    }

    private static Set<String> roles(Tokens tokens, RSAKey key, Object listed) throws Exception {
        var token = token(key, "JWT", claims().claim("realm_access", Map.of("roles", listed)));
        return RoleClaim.of(tokens.decode(token), "realm_access.roles").orElseThrow();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("issuer")
                .audience("orderflow")
                .subject("ada")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    }

    private static String token(RSAKey key, String type, JWTClaimsSet.Builder claims) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one");
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        var token = new SignedJWT(header.build(), claims.build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static String reason(Tokens tokens, String token) {
        return assertThatExceptionOfType(BadJwtException.class)
                .isThrownBy(() -> tokens.decode(token))
                .actual()
                .getMessage();
    }

    private static void refuses(Tokens tokens, String token) {
        assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> tokens.decode(token));
    }

    private URI published(RSAKey... keys) throws Exception {
        var file = folder.resolve("keys.json");
        Files.writeString(file, new JWKSet(List.of(keys)).toString());
        return file.toUri();
    }

    private static Tokens tokens(URI keys, Algorithm algorithm) {
        return Tokens.of(new IdentitySettings(
                Mode.JWT,
                "issuer",
                "orderflow",
                List.of(algorithm),
                keys,
                Duration.ofSeconds(30),
                "realm_access.roles",
                List.of("JWT", "at+jwt"),
                false));
    }

    private static String token(RSAKey key, JWSAlgorithm algorithm, String name, Instant until) throws Exception {
        var token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(name).build(),
                new JWTClaimsSet.Builder()
                        .issuer("issuer")
                        .audience("orderflow")
                        .subject("ada")
                        .expirationTime(until == null ? null : Date.from(until))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
