package io.orderflow.http.identity;

import io.orderflow.http.Caller;
import io.orderflow.http.CallerRole;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Takes the subject of a bearer token (RFC 6750) for the caller. A bad token is refused wherever it is shown, by
 * whoever asks for something that is for everybody, too.
 */
final class TokenIdentity implements Identity {

    private static final String SCHEME = "bearer";
    private static final Pattern FORM = Pattern.compile("(?i)bearer ([a-z0-9._~+/-]+=*)");

    private final JwtDecoder tokens;
    private final String rolesClaim;
    private final TokenRefusals refusals;

    TokenIdentity(JwtDecoder tokens, String rolesClaim, TokenRefusals refusals) {
        this.tokens = tokens;
        this.rolesClaim = rolesClaim;
        this.refusals = refusals;
    }

    @Override
    public Optional<Visitor> visitor(HttpServletRequest request) {
        var shown = Collections.list(request.getHeaders("Authorization"));
        if (shown.size() > 1) {
            throw refused("form");
        }
        if (shown.isEmpty() || !shown.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var form = FORM.matcher(shown.getFirst());
        if (!form.matches()) {
            throw refused("form");
        }
        var token = decoded(form.group(1));
        return Optional.of(new Visitor(new Caller(token.getSubject()), roles(token)));
    }

    private Jwt decoded(String token) {
        try {
            return tokens.decode(token);
        } catch (BadJwtException e) {
            throw refused(e.getMessage());
        }
    }

    /** Does not say what is wrong with a token: an honest caller can read its own, and a forger learns nothing. */
    private Refusal refused(String reason) {
        refusals.count(reason);
        return new Refusal(Problem.of(
                ProblemType.UNAUTHENTICATED, "Authorization: not accepted (expected: one valid bearer token)"));
    }

    /**
     * The token's roles, but no operator is a customer, too: who works for the shop does not shop here under the same
     * token.
     */
    private Set<String> roles(Jwt token) {
        var named = new HashSet<>(RoleClaim.of(token, rolesClaim).orElseThrow());
        named.retainAll(CallerRole.ALL);
        if (named.stream().anyMatch(CallerRole.OPERATORS::contains)) {
            named.remove(CallerRole.CUSTOMER);
        }
        return named;
    }
}
