package io.orderflow.messaging;

import io.orderflow.contracts.Role;

/**
 * Reads all that a role's topics still hold once more, and hands it to the role's flows whatever its inbox knows. It is
 * for a role whose rows are nothing but what the topics say, and whose flows bear every event any number of times; any
 * other would charge and reserve again.
 *
 * <p>Inbox, offsets and parked events stay as they are, and the role's consumers go on beside it. What cannot be read
 * or fails is passed over: its consumer parks it, or has done so. What is parked or was discarded, and can be handled,
 * is handled: the log alone counts.
 */
public interface Rereading {

    /**
     * Reads from the topics' beginnings to the ends that they have when it comes to them, and waits for a broker or a
     * database that is away.
     *
     * @throws Failures.Stopping if the role is stopped meanwhile
     */
    Reread reread(Role role);

    /**
     * What became of the events that were read.
     *
     * @param events how many took effect once more
     * @param failed how many of those that could be read were passed over
     */
    record Reread(long events, long failed) {

        public Reread plus(Reread more) {
            return new Reread(events + more.events, failed + more.failed);
        }
    }
}
