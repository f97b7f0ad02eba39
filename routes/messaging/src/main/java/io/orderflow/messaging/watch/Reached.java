package io.orderflow.messaging.watch;

import java.time.Instant;

/**
 * How far a role has come, as a chain of looks at its logs: what lay before the last that it has reached is handled.
 * A look is at one log: where a topic was made anew, or has lost its end, the chain begins anew, so that nothing waits
 * for what is lost.
 *
 * @param awaited what is to be reached next; null before the first look
 * @param moment of the last look that was reached; {@link Instant#EPOCH} before
 */
public record Reached(LogEnds awaited, Instant moment) {

    public static final Reached NOTHING = new Reached(null, Instant.EPOCH);

    /** Whether what is awaited is lost: what was said there may be lost with it. */
    public boolean isLost(LogEnds now) {
        return awaited != null && !now.continues(awaited);
    }

    /** After another look. */
    public Reached next(LogEnds now) {
        if (awaited == null || isLost(now)) {
            return new Reached(now, moment);
        }
        return now.hasReached(awaited) ? new Reached(now, awaited.at()) : this;
    }
}
