package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a role has come, by the database's clock: what a deadline must know before it may call a silence an answer.
 */
public interface Progress {

    /**
     * The last moment at which events older than two seconds waited in the role's outbox, or until which nobody
     * watched; {@link Instant#EPOCH} if there was none.
     */
    Instant relayBehindUntil(Role role);

    /** Whoever begins to watch says so: until now the role may have been kept from speaking. */
    void noteRelayBehind(Role role);

    /**
     * A moment before which every event on the channels that the role hears has been handled; {@link Instant#EPOCH}
     * while none is known, and empty if the broker does not answer this instance.
     */
    Optional<Instant> caughtUpTo(Role role);
}
