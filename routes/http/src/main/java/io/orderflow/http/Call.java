package io.orderflow.http;

import io.orderflow.contracts.Role;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * An operator's call, as it is written into the {@link Audit}. Every request to a route that only operators may call is
 * one, refused or not; of those whom its rule refuses only some are written.
 *
 * @param id the request's own, which its sender gets as {@code X-Request-Id}
 * @param roles by which it was admitted, or which were not enough
 * @param service in whose schema it is written down
 * @param action the id of the route
 * @param target the path, with an id in small letters
 * @param reason what the operator gave for one, or null
 * @param change what it changed, or null where it changes nothing or does not say
 * @param readsTheRecord whether it only reads the record of calls: where it succeeds it leaves no row there itself
 */
public record Call(
        UUID id,
        Caller caller,
        Set<String> roles,
        String service,
        String action,
        String target,
        String reason,
        Change change,
        boolean readsTheRecord) {

    private static final String PROPERTY = "orderflow.call";

    /**
     * What something was before a call and after it, in words.
     *
     * @param before null where there was nothing
     * @param after null where there is nothing any more
     */
    public record Change(String before, String after) {}

    /** A call of which no more is known yet. */
    public Call(UUID id, Caller caller, Set<String> roles, String service, String action, String target) {
        this(id, caller, roles, service, action, target, null, null, false);
    }

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
        return new Call(id, caller, roles, service, action, target, text, change, readsTheRecord);
    }

    /** The same call, written down in this service's schema. */
    public Call concerning(Role role) {
        return new Call(id, caller, roles, role.name(), action, target, reason, change, readsTheRecord);
    }

    /** The same call, with what it changed. */
    public Call changing(String before, String after) {
        return new Call(id, caller, roles, service, action, target, reason, new Change(before, after), readsTheRecord);
    }

    /** The same call, with no change: it was refused, or it failed. */
    public Call changingNothing() {
        return new Call(id, caller, roles, service, action, target, reason, null, readsTheRecord);
    }

    /** The same call, as one that only reads the record. */
    public Call readingTheRecord() {
        return new Call(id, caller, roles, service, action, target, reason, change, true);
    }

    /** Leaves it to the record of another process, which has answered this call. */
    public static void recordedElsewhere(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /** Puts it in the place of what the exchange knew of the call. */
    public void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }
}
