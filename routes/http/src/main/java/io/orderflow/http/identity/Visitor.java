package io.orderflow.http.identity;

import io.orderflow.http.Caller;
import java.util.Set;

/**
 * A caller with the roles that it has shown.
 *
 * @param roles some of {@link CallerRole#ALL}
 */
public record Visitor(Caller caller, Set<String> roles) {

    public Visitor {
        roles = Set.copyOf(roles);
    }
}
