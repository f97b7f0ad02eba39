package io.orderflow.messaging.model;

import java.util.List;
import java.util.Optional;

/** A service's transactions: state change, outbox and work commit together or not at all. */
interface Transactions {

    /**
     * Runs these messages through their flows.
     *
     * @param done the piece of work that the transaction completes, or null
     * @return the last flow's result, or nothing if it does not commit
     */
    Optional<Object> run(List<Flows.Sent> messages, Working.Row done, boolean commits);
}
