package io.orderflow.http.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.orderflow.http.Caller;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Reads tokens, and believes only what is pinned: one issuer, one audience, the named algorithms, the issuer's key set
 * at one place. A token names its key and nothing else about it: no address, no certificate, no algorithm of its own.
 * One that is bound to a key of its bearer is refused, for nobody here asks for a proof.
 *
 * <p>The key set is kept for five minutes. When a token names a key that is not in it, the issuer is asked again, at
 * most every half minute: a caller who invents names of keys cannot make us flood the issuer. While the issuer is away,
 * the keys that we have stay good for an hour.
 */
final class Tokens implements JwtDecoder {

    private static final String BOUND = "cnf";
    private static final String FORM = "form";

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 3_000;
    private static final int MAX_KEY_SET_BYTES = 256 * 1024;
    private static final Duration KEY_SET_LIFETIME = Duration.ofMinutes(5);
    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_INTERVAL = Duration.ofSeconds(30);
    private static final Duration LIFETIME_WITHOUT_ISSUER = Duration.ofHours(1);

    private final NimbusJwtDecoder decoder;

    private final Keys keys;

    private Tokens(NimbusJwtDecoder decoder, Keys keys) {
        this.decoder = decoder;
        this.keys = keys;
    }

    /** The issuer's keys, and whether they are to be had. */
    private static final class Keys implements JWKSource<SecurityContext> {

        private final JWKSource<SecurityContext> source;
        private volatile boolean there;

        Keys(JWKSource<SecurityContext> source) {
            this.source = source;
        }

        @Override
        public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
            try {
                var found = source.get(selector, context);
                there = true;
                return found;
            } catch (RateLimitReachedException e) {
                throw e;
            } catch (KeySourceException e) {
                there = false;
                throw e;
            }
        }
    }

    private static DefaultJOSEObjectTypeVerifier<SecurityContext> types(IdentitySettings settings) {
        Set<JOSEObjectType> types = new HashSet<>();
        types.add(null);
        settings.types().forEach(type -> types.add(new JOSEObjectType(type)));
        return new DefaultJOSEObjectTypeVerifier<>(types);
    }

    static Tokens of(IdentitySettings settings) {
        var keys = new Keys(keys(settings));
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                settings.algorithms().stream()
                        .map(algorithm -> JWSAlgorithm.parse(algorithm.name()))
                        .collect(Collectors.toSet()),
                keys));
        processor.setJWSTypeVerifier(types(settings));
        processor.setJWTClaimsSetVerifier((claims, context) -> { // all but these below, by Spring's validators
            if (claims.getClaims().containsKey(BOUND)) {
                throw new BadJWTException(BOUND);
            }
        });
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                named("time", new JwtTimestampValidator(settings.clockSkew())),
                named("iss", new JwtIssuerValidator(settings.issuer())),
                claim(
                        "aud",
                        token -> token.getAudience() != null
                                && token.getAudience().contains(settings.audience())),
                claim("exp", token -> token.getExpiresAt() != null),
                claim("sub", token -> token.getSubject() != null && Caller.isPossible(token.getSubject())),
                claim("roles", token -> RoleClaim.of(token, settings.rolesClaim())
                        .isPresent())));
        return new Tokens(decoder, keys);
    }

    private static JWKSource<SecurityContext> keys(IdentitySettings settings) {
        var keys = settings.keys();
        if (keys.getScheme().equals("file") && !Files.isReadable(Path.of(keys))) {
            throw new IllegalArgumentException(
                    "orderflow.identity.keys: " + keys + " cannot be read (expected: a file with a JSON Web Key Set)");
        }
        try {
            return JWKSourceBuilder.create(
                            keys.toURL(),
                            new DefaultResourceRetriever(
                                    CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MAX_KEY_SET_BYTES))
                    .cache(KEY_SET_LIFETIME.toMillis(), REFRESH_TIMEOUT.toMillis())
                    .rateLimited(REQUEST_INTERVAL.toMillis())
                    .outageTolerant(LIFETIME_WITHOUT_ISSUER.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("orderflow.identity.keys: " + keys + " (expected: a URL)", e);
        }
    }

    private interface Claim {
        boolean isRight(Jwt token);
    }

    private static OAuth2TokenValidator<Jwt> claim(String name, Claim claim) {
        var wrong = OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", name, null));
        return token -> claim.isRight(token) ? OAuth2TokenValidatorResult.success() : wrong;
    }

    /** Says what is wrong by its name, where the validator would repeat the value. */
    private static OAuth2TokenValidator<Jwt> named(String name, OAuth2TokenValidator<Jwt> validator) {
        return claim(name, token -> !validator.validate(token).hasErrors());
    }

    /** What is wrong with a token, one of a few words and none of the token's: for a log and for a figure. */
    private static String reason(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case JwtValidationException e -> {
                    return e.getErrors().iterator().next().getDescription();
                }
                case BadJWTException e -> {
                    return BOUND.equals(e.getMessage()) ? BOUND : FORM; // the latter of claims that cannot be read
                }
                case BadJWSException e -> {
                    return "signature";
                }
                case BadJOSEException e -> {
                    return e.getMessage().contains("typ") ? "typ" : "key";
                }
                default -> {}
            }
        }
        return FORM;
    }

    /**
     * Reads a token.
     *
     * @throws BadJwtException if the token is not good; its message is a word that says why
     * @throws Refusal 503, if the issuer's keys cannot be had, so that nobody can tell
     */
    @Override
    public Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (JwtException e) {
            if (isWithoutKeys(e)) {
                throw new Refusal(Problem.of(ProblemType.UNAVAILABLE, "The keys of the issuer are not to be had"));
            }
            throw new BadJwtException(reason(e), e);
        }
    }

    /**
     * Whether the issuer's keys cannot be had. That is not so where the limit on requests spared one and they were had
     * the last time: the issuer answered a moment ago, and had no such key.
     */
    private boolean isWithoutKeys(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RateLimitReachedException) {
                return !keys.there;
            }
            if (cause instanceof KeySourceException) {
                return true;
            }
        }
        return false;
    }
}
