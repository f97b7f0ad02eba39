package io.orderflow.http;

import io.orderflow.contracts.Role;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * An operator's call, as it is written into the {@link Audit}. Every request to a route that only operators may call is
 * one, refused or not; of those whom its rule refuses only some are written.
 *
 * @param id the request's own id, which its sender gets as {@code X-Request-Id}
 * @param roles by which it was admitted, or which were not enough
 * @param service in whose schema it is written down
 * @param action the id of the route
 * @param target the path
 * @param reason what the operator gave for one, or null
 */
public record Call(
        UUID id, Caller caller, Set<String> roles, String service, String action, String target, String reason) {

    private static final String PROPERTY = "orderflow.call";

    public Call {
        roles = Set.copyOf(roles);
    }

    /**
     * The call that this exchange is.
     *
     * @throws IllegalStateException in a route that is not for operators alone
     */
    public static Call of(Exchange exchange) {
        var call = in(exchange);
        if (call == null) {
            throw new IllegalStateException("call: none (expected: in a route that only operators may call)");
        }
        return call;
    }

    /** The call that this exchange is, or null where its route is not for operators alone. */
    public static Call in(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Call.class);
    }

    /** The same call, with its reason. */
    public Call because(String text) {
        return new Call(id, caller, roles, service, action, target, text);
    }

    /** The same call, written down in this service's schema. */
    public Call concerning(Role role) {
        return new Call(id, caller, roles, role.name(), action, target, reason);
    }

    /** Puts it in the place of what the exchange knew of the call. */
    public void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }
}
