package io.orderflow.http.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.Jwt;

/** The roles that a token lists, in a claim of its own or in one within another. */
final class RoleClaim {

    private RoleClaim() {}

    /**
     * What the claim lists, each role once. Issuers write an empty text for no roles, and some name a role twice.
     *
     * @param path the claim's name, which may contain dots, or the names on the way to it with a dot between them
     * @return empty if there is something that is no list of texts; no roles where there is nothing
     */
    static Optional<Set<String>> of(Jwt token, String path) {
        return switch (at(token.getClaims(), path)) {
            case null -> Optional.of(Set.of());
            case String text -> Optional.of(named(Stream.of(text.split(" "))));
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                Optional.of(named(list.stream().map(String.class::cast)));
            default -> Optional.empty();
        };
    }

    private static Set<String> named(Stream<String> roles) {
        return roles.filter(role -> !role.isBlank()).collect(Collectors.toUnmodifiableSet());
    }

    private static Object at(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        int dot = path.indexOf('.');
        if (dot < 0) {
            return null;
        }
        var within = claims.get(path.substring(0, dot));
        return within instanceof Map<?, ?> inner ? at(inner, path.substring(dot + 1)) : within == null ? null : claims;
    }
}
