package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a role has come, by the database's clock: what a deadline must know before it may call a silence an answer.
 */
public interface Progress {

    /**
     * The last moment at which events older than two seconds waited in the role's outbox, or at which the broker did
     * not answer {@link #caughtUpTo}; {@link Instant#EPOCH} if there was none.
     */
    Instant relayBehindUntil(Role role);

    /**
     * A moment before which every event on the channels that the role hears has been handled; empty while that is
     * unknown, for example because the broker is away.
     */
    Optional<Instant> caughtUpTo(Role role);
}
