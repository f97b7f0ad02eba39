package io.orderflow.notifications;

import io.orderflow.messaging.Work;
import java.time.Duration;
import java.util.UUID;

/**
 * The request to send an order's mail about an outcome. It holds no name and no address: those are read when it is
 * carried out.
 *
 * @param deferrals how often the mail server has put this mail off; the pause doubles with each, up to an hour
 */
record SendMail(UUID orderId, OrderOutcome outcome, int deferrals) implements Work {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    SendMail(UUID orderId, OrderOutcome outcome) {
        this(orderId, outcome, 0);
    }

    SendMail deferred() {
        return new SendMail(orderId, outcome, deferrals + 1);
    }

    @Override
    public String subject() {
        return outcome.name();
    }

    @Override
    public Duration delay() {
        return deferrals == 0 ? Duration.ZERO : pause(deferrals);
    }

    private static Duration pause(int deferral) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(deferral - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** How long the server has put it off altogether. The time in which no server was there does not count. */
    Duration waited() {
        var all = Duration.ZERO;
        for (int deferral = 1; deferral <= deferrals; deferral++) {
            all = all.plus(pause(deferral));
        }
        return all;
    }
}
