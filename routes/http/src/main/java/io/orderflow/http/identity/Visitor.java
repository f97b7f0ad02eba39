package io.orderflow.http.identity;

import io.orderflow.http.Caller;
import java.util.Set;

/**
 * A caller who has shown who it is, and what it may be.
 *
 * @param roles some of {@link CallerRole#ALL}
 */
public record Visitor(Caller caller, Set<String> roles) {

    public Visitor {
        roles = Set.copyOf(roles);
    }
}
