package io.orderflow.http.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
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
                Mode.JWT, "issuer", "orderflow", List.of(algorithm), keys, Duration.ofSeconds(30), "roles", false));
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
