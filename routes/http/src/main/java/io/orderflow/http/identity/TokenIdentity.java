package io.orderflow.http.identity;

import io.orderflow.http.Caller;
import io.orderflow.http.CallerRole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Takes the subject of a token for the caller. Spring Security has checked the token before. */
final class TokenIdentity implements Identity {

    @Override
    public Optional<Visitor> visitor(HttpServletRequest request) {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token
                ? Optional.of(new Visitor(new Caller(token.getName()), roles(token)))
                : Optional.empty();
    }

    /**
     * The token's roles, but no operator is a customer, too: who works for the shop does not shop here under the same
     * token.
     */
    private static Set<String> roles(JwtAuthenticationToken token) {
        var named = token.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(CallerRole.ALL::contains)
                .collect(Collectors.toSet());
        if (named.stream().anyMatch(CallerRole.OPERATORS::contains)) {
            named.remove(CallerRole.CUSTOMER);
        }
        return named;
    }
}
