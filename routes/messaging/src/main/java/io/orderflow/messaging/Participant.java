package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import java.util.List;

/**
 * A service's part in the conversation: its role and its units of work. A bean of this type is all that the backbone
 * needs to consume the role's channels, keep its inbox, outbox, work and parked events in the role's schema, and to
 * measure them.
 *
 * <p>The endpoints that it hands out are the seams of a service's routes; a route test gives {@code direct:} and
 * {@code mock:} ones instead.
 */
public final class Participant {

    private final ServiceModule service;
    private final List<UnitOfWork> units;

    public Participant(ServiceModule service, UnitOfWork... units) {
        this.service = service;
        this.units = List.of(units);
    }

    /** One of which nothing but its role is to be said. */
    public Participant(Role role, UnitOfWork... units) {
        this(() -> role, units);
    }

    public Role role() {
        return service.role();
    }

    public ServiceModule service() {
        return service;
    }

    public List<UnitOfWork> units() {
        return units;
    }

    /**
     * Where a channel's events come in, one message each: known to this role, not seen before, in the order of their
     * order, inside a transaction that the whole polled batch shares. The body is the
     * {@link io.orderflow.contracts.Event}.
     */
    public static String hears(Role role, Channel channel) {
        if (!channel.readers().containsKey(role)) {
            throw new IllegalArgumentException(
                    channel + ": " + role + " is no reader (expected: readBy(" + role + ") in its declaration)");
        }
        return "transaction:" + EndpointName.hearing(role, channel);
    }

    /**
     * Where events go out: they are stored in the transaction of the flow and reach Kafka after its commit. Takes an
     * event, several (a collection), an {@link Outcome} (its events that belong to this channel), or null for nothing
     * to say.
     */
    public static String says(Role role, Channel channel) {
        if (!channel.writers().contains(role)) {
            throw new IllegalArgumentException(
                    channel + ": " + role + " is no writer (expected: writtenBy(" + role + ") in its declaration)");
        }
        return "outbox:" + new EndpointName(role, channel.topic());
    }

    /**
     * A durable point-to-point channel to the role's own workers. {@code to}: the body (a {@link Work}, several, or
     * null for nothing) is stored in the flow's transaction. {@code from}: claimed rows come in one by one, on a
     * bounded pool, outside any transaction; a call to the outside belongs here. A row is gone once a transaction that
     * its exchange was sent to has committed, or the route has ended without error; after an error it comes again, with
     * back-off, for as long as it takes.
     */
    public static String work(Role role, String name) {
        return "work:" + new EndpointName(role, name);
    }

    /**
     * A flow with a transaction. {@code to}: waits until the transaction has committed and answers with the flow's
     * result; messages that wait at the same time share one. A full queue is refused with {@link Overloaded}.
     * {@code from}: the flow itself.
     */
    public static String transaction(Role role, String name) {
        return "transaction:" + new EndpointName(role, name);
    }
}
