package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The operator's hand on events that the broker refuses: list, discard. Such an event is tried again each minute, and
 * what its order says after it on that topic waits.
 */
public interface Unsendable {

    /**
     * An event that the broker refuses, without its bytes.
     *
     * @param bytes the size of its value
     * @param storedAt when it was decided
     * @param refusedAt when the broker refused it last
     */
    record Unsent(
            UUID id,
            Role role,
            String topic,
            UUID orderId,
            String type,
            int bytes,
            Instant storedAt,
            Instant refusedAt) {}

    /** Is told what was given up in the transaction in which it is. */
    interface Witness {
        void saw(Unsent event);
    }

    /** What is refused in the roles of this process, in the order of the ids, which is about that of time. */
    List<Unsent> listAfter(UUID id, int limit);

    /** Finds an event that is refused in one of the roles of this process. */
    Optional<Unsent> find(UUID id);

    /**
     * Gives a refused event up, before a witness: it is never sent, unless the broker takes it at this very moment.
     * What its order says after it goes on.
     *
     * @return whether it was still refused
     */
    boolean discard(Role role, UUID id, Witness witness);
}
