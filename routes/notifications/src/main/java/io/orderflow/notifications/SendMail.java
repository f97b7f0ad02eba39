package io.orderflow.notifications;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.orderflow.messaging.Work;
import java.time.Duration;
import java.util.UUID;

/**
 * The request to send an order's mail about an outcome. It holds no name and no address: those are read when it is
 * carried out.
 *
 * @param deferrals how often the mail server has put this mail off; the pause doubles with each, up to an hour
 * @param doubts how many attempts ended without anybody hearing how; each may have made a copy, so that the pause is
 *     ten times that of the one before. The mail keeps the number, not the request's row: the version before this one
 *     reads those rows, too, and fails on what it does not know.
 */
record SendMail(
        UUID orderId,
        OrderOutcome outcome,
        int deferrals,
        @JsonIgnore int doubts) implements Work {

    /** So many attempts of one mail may end without anybody hearing how: each but the last may make a copy more. */
    static final int MOST_DOUBTS = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration FIRST_PAUSE_IN_DOUBT = Duration.ofSeconds(30);

    SendMail(UUID orderId, OrderOutcome outcome) {
        this(orderId, outcome, 0, 0);
    }

    SendMail deferred() {
        return new SendMail(orderId, outcome, deferrals + 1, doubts);
    }

    /** As the mail's row knows it. */
    SendMail with(int knownDoubts) {
        return new SendMail(orderId, outcome, deferrals, knownDoubts);
    }

    SendMail doubted() {
        return new SendMail(orderId, outcome, deferrals, doubts + 1);
    }

    @Override
    public String subject() {
        return outcome.name();
    }

    @Override
    public Duration delay() {
        var deferred = deferrals == 0 ? Duration.ZERO : pause(deferrals);
        var doubted = doubts == 0 ? Duration.ZERO : pauseInDoubt(doubts);
        return deferred.compareTo(doubted) > 0 ? deferred : doubted;
    }

    private static Duration pauseInDoubt(int doubt) {
        return FIRST_PAUSE_IN_DOUBT.multipliedBy(Math.round(Math.pow(10, Math.min(doubt, MOST_DOUBTS) - 1)));
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
