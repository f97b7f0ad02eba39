package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Duration;

/**
 * Leases for jobs that only one instance may do at a time. Time is the database's, so that no instance's clock matters;
 * a holder that froze past its lease may overlap with the next, so a job must bear to be done twice.
 */
public interface Leases {

    /** Whose a job is. */
    enum Holder {
        OTHERS,
        MINE,
        /** This instance's now, and before for longer than two leases nobody's. */
        MINE_AFTER_NOBODY;

        public boolean isMine() {
            return this != OTHERS;
        }
    }

    /** Takes or renews a lease for this instance, unless another one holds it or this one stands back. */
    Holder hold(Role role, String name, Duration time);

    /**
     * Gives a lease up, and stands back from it for two times its length, so that others come to it.
     *
     * @param watched how long the job counts as watched until the next takes it; none at all if this instance has only
     *     tried: then until the last moment at which an instance did watch
     */
    void standBack(Role role, String name, Duration time, Duration watched);
}
