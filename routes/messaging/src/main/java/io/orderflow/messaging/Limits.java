package io.orderflow.messaging;

import java.time.Duration;

/** What services' own settings must fit: how long the backbone remembers, and how many workers call at once. */
public interface Limits {

    /**
     * How long the inbox remembers an event: none that is older can still arrive, and none that is younger is
     * forgotten.
     */
    Duration inboxRetention();

    /** How long parked events stay that ended, and how long those wait for a release whose values can be erased. */
    Duration parkedRetention();

    /** How many pieces of work of one channel are under way at once. */
    int workers();

    /**
     * How many more may be under way on a channel once they are slow.
     *
     * @param channel as {@code role.name}
     */
    int slowWorkers(String channel);

    /**
     * Refuses a memory of orders that is shorter than the inbox's: an event that comes late would meet nothing that
     * knows its order, and be taken for a new one's.
     *
     * @param setting the memory's name
     */
    default Duration outlivingInbox(String setting, Duration memory) {
        if (memory.compareTo(inboxRetention()) < 0) {
            throw new IllegalArgumentException(setting + ": " + memory + " (expected: >= " + inboxRetention()
                    + ", orderflow.messaging.inbox-retention)");
        }
        return memory;
    }

    /**
     * Refuses a memory of names and addresses that is shorter than that of parked events: they would be kept there
     * when nobody else has them any more.
     *
     * @param setting the memory's name
     */
    default Duration outlivingParked(String setting, Duration memory) {
        if (memory.compareTo(parkedRetention()) < 0) {
            throw new IllegalArgumentException(setting + ": " + memory + " (expected: >= " + parkedRetention()
                    + ", orderflow.messaging.parked-retention)");
        }
        return memory;
    }
}
