package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Duration;

/**
 * Leases for jobs that only one instance may do at a time. Time is the database's, so that no instance's clock matters;
 * a holder that froze past its lease may overlap with the next, so a job must bear to be done twice.
 */
public interface Leases {

    /** Takes or renews a lease for this instance; false while another one holds it. */
    boolean hold(Role role, String name, Duration time);
}
