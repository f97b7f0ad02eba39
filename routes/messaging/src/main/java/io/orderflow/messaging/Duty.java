package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Duration;

/**
 * A job that one instance does at a time, for as long as it can: the lease follows the ability. Each turn begins with
 * {@link #isMine} and ends with {@link #done}, {@link #cannot} or {@link #cannotDoAll}; who cannot stands back for two
 * leases, so that one that has lost what the job needs keeps it from no other.
 */
public final class Duty {

    private final Leases leases;
    private final Role role;
    private final String name;
    private final Duration lease;
    private boolean afterNobody;

    public Duty(Leases leases, Role role, String name, Duration lease) {
        this.leases = leases;
        this.role = role;
        this.name = name;
        this.lease = lease;
    }

    /** Whether this instance does the job now; it renews the lease. */
    public boolean isMine() {
        var holder = leases.hold(role, name, lease);
        afterNobody = holder == Leases.Holder.MINE_AFTER_NOBODY || holder.isMine() && afterNobody;
        return holder.isMine();
    }

    /**
     * The job is done, or there was none and it could have been.
     *
     * @param unwatched what is to be noted if nobody had the job for a while before; done once, and again if it fails
     */
    public void done(Runnable unwatched) {
        if (afterNobody) {
            unwatched.run();
            afterNobody = false;
        }
    }

    /** This instance cannot do the job: it is nobody's, until another takes it. */
    public void cannot() {
        afterNobody = false;
        leases.standBack(role, name, lease, Duration.ZERO);
    }

    /** This instance watches, and can do only some of the job. */
    public void cannotDoAll() {
        leases.standBack(role, name, lease, lease.multipliedBy(3));
    }
}
