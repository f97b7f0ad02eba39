package io.orderflow.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order that has waited for too long, as it is in a list of stories, with what is most likely to blame.
 *
 * @param causeRole the role to look at
 * @param why in words
 */
record StuckOrder(
        UUID orderId,
        Story.State state,
        String reason,
        boolean settled,
        Instant beganAt,
        Instant waitingSince,
        List<StoryLine.Wait> waitsFor,
        Cause.Kind cause,
        String causeRole,
        String why) {

    static StuckOrder of(StoryLine line, Cause cause) {
        return new StuckOrder(
                line.orderId(),
                line.state(),
                line.reason(),
                line.settled(),
                line.beganAt(),
                line.waitingSince(),
                line.waitsFor(),
                cause.kind(),
                cause.role(),
                cause.why());
    }
}
