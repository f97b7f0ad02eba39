package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The operator's hand on parked events: release, discard; {@link ParkedSearch} is the eye. A released event is handled
 * as if it came now, by the same flow, under the lock that its consumer's check takes, so that its followers stay
 * behind it.
 */
public interface Parking {

    /**
     * A parked event without its bytes: where it came from, and why it does not take effect.
     *
     * @param offset its place in the topic's partition, from 0
     * @param key what parks and is released together: the record's key as text, or {@code sha256:} and its hash where
     *     it is long; empty where it has none
     * @param orderId null where the record names none
     * @param attempts how often handling it failed, releases included
     * @param parkedAt when it was parked
     */
    record Parked(
            UUID id,
            Role role,
            String topic,
            int partition,
            long offset,
            String key,
            UUID orderId,
            Reason reason,
            String error,
            int attempts,
            Instant parkedAt) {}

    /** Why an event was parked. */
    enum Reason {
        /** Its bytes are not what the declaration says. */
        UNREADABLE,
        /**
         * A type or version that this release does not know, or something else under an id that took effect; it does
         * not hold up its order.
         */
        NOT_UNDERSTOOD,
        /** Handling it failed, several times. */
        FAILED,
        /** An earlier event of its order is parked. */
        FOLLOWER;

        /** Whether later events of the same order park behind one that is parked for this reason. */
        public boolean holdsUpItsOrder() {
            return this != NOT_UNDERSTOOD;
        }
    }

    /** What has become of an event that was parked. */
    enum State {
        PARKED,
        RELEASED,
        DISCARDED
    }

    /** What became of a release or a discard. */
    enum Result {
        /** It has taken effect, or had before it was parked. */
        RELEASED,
        DISCARDED,
        /** Handling it failed again; it stays where it is. */
        FAILED_AGAIN,
        /** An earlier event of its order is parked: that one first. Not so an erasure, which waits behind nothing. */
        BEHIND_ANOTHER,
        /**
         * It is parked for longer than a release may take: it may have taken effect by a repetition that the inbox has
         * forgotten. An erasure may be repeated whenever it is.
         */
        TOO_LATE,
        /** There is no such event, or it is not parked any more. */
        NOT_PARKED
    }

    /** An event that is parked in a role, or was. */
    record Found(Role role, State state) {}

    /**
     * Is told of a result in the transaction in which it takes effect: what it stores holds if and only if that does.
     */
    interface Witness {
        void saw(Result result);
    }

    /** What is parked in a role, oldest first. */
    List<Parked> list(Role role, int limit);

    /** Finds an event that is or was parked in one of the roles of this process. */
    Optional<Found> find(UUID id);

    /**
     * Those of these orders that have something parked in this role, whatever it is, or an event of its own that the
     * broker refuses: an operator has to look at what they wait for first. The key is the order: bytes that cannot be
     * read count for the order under whose key they came.
     */
    Set<UUID> parkedOrders(Role role, Collection<UUID> orders);

    /** Handles a parked event now, before a witness, unless its time is over. */
    Result release(Role role, UUID id, Witness witness);

    /** Handles a parked event now, unless its time is over. */
    default Result release(Role role, UUID id) {
        return release(role, id, result -> {});
    }

    /**
     * Gives a parked event up, before a witness: it will not take effect, now or when it comes again. Its followers may
     * be released.
     */
    Result discard(Role role, UUID id, Witness witness);

    /** Gives a parked event up. */
    default Result discard(Role role, UUID id) {
        return discard(role, id, result -> {});
    }

    /**
     * Releases the parked events of an order on a topic, in their order, until one fails.
     *
     * @return how many were released
     */
    int releaseOrder(Role role, String topic, UUID orderId);
}
