package io.orderflow.http;

import java.util.Set;

/**
 * A caller who has shown who it is, and what it may be.
 *
 * @param roles some of {@link CallerRole#ALL}
 */
record Visitor(Caller caller, Set<String> roles) {

    Visitor {
        roles = Set.copyOf(roles);
    }
}
