package io.orderflow.messaging.tables;

import java.time.Duration;

/**
 * A position of the outbox below which nothing is, nor will be: a look for the oldest row that begins there does not
 * walk past all that was deleted since the last vacuum.
 *
 * <p>Positions are drawn in order, but become visible in the order of their commits. So one that was drawn is passed
 * only when every transaction has ended that ran at some moment after the drawing: whoever draws has written before,
 * and is among them. What is not visible then never will be.
 *
 * <p>It begins anew every minute. A deletion may be undone by a crash of the database, for it does not wait for the
 * disk; and an error here could only delay what it hides.
 */
final class LowWater {

    static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long NONE = -1;

    private long position;
    private ReadAt begun = ReadAt.now();

    /** The last position that was drawn when it was asked last. */
    private long drawn = NONE;

    /** One that was drawn earlier, and the first transaction that began after that. */
    private long passing = NONE;

    private long firstAfter;

    /** Where to begin. */
    long position() {
        if (begun.isOlderThan(LONGEST)) {
            position = 0;
            drawn = NONE;
            passing = NONE;
            begun = ReadAt.now();
        }
        return position;
    }

    /**
     * What one statement has seen, asked after the last answer was heard.
     *
     * @param lowest the lowest position that it saw from {@link #position} on, or null
     * @param lastDrawn the last position that anybody had drawn, read at any moment of the statement
     * @param oldest the oldest transaction that its snapshot saw running
     * @param next the first transaction that had not begun
     */
    void saw(Long lowest, long lastDrawn, long oldest, long next) {
        if (passing != NONE && oldest >= firstAfter) {
            position = Math.max(position, lowest == null ? passing + 1 : Math.min(lowest, passing + 1));
            passing = NONE;
        }
        if (passing == NONE && drawn != NONE) {
            passing = drawn;
            firstAfter = next;
        }
        drawn = lastDrawn;
    }
}
