package io.orderflow.messaging;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server as this process sees it. A failure that may be its absence has it asked until it answers, by one thread,
 * whoever else fails meanwhile; nothing is asked while nothing fails.
 */
final class Server implements AutoCloseable {

    /** Whose voice it is. */
    private static final Logger log = LoggerFactory.getLogger("io.orderflow.messaging.Outages");

    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    /** For so long fails what began before the server was back. */
    private static final Duration LATE = Duration.ofSeconds(40);

    /** A certificate or a password that is just being replaced heals by itself. */
    private static final Duration HEALS_WITHIN = Duration.ofMinutes(1);

    private final String goes;
    private final String returns;
    private final Duration soon;
    private final Question question;
    private final Repeats repeats;
    private final LongSupplier nanoTime;

    /** What is said when it answers after all, by whom and what befell. */
    private final Map<String, Runnable> befell = new LinkedHashMap<>();

    private final Stopper stopper = new Stopper();
    private boolean watched;
    private boolean away;
    private long since;
    private long back;

    /**
     * @param goes what is said when it goes, with a place for the failure
     * @param returns what is said when it is back, with a place for the seconds
     * @param soon a question may take long to fail: what else fails after this time is believed
     */
    Server(String goes, String returns, Duration soon, Question question, Repeats repeats, LongSupplier nanoTime) {
        this.goes = goes;
        this.returns = returns;
        this.soon = soon;
        this.question = question;
        this.repeats = repeats;
        this.nanoTime = nanoTime;
        this.back = nanoTime.getAsLong() - LATE.toNanos();
    }

    /**
     * @param who whom it befell
     * @param itAnswers runs if the failure is none of the server's absence
     */
    synchronized void failed(String who, Throwable failure, Runnable itAnswers) {
        befell.put(who + Failures.kind(failure), itAnswers);
        if (watched) {
            if (isOver(since, soon) && !Failures.isAnswer(failure)) {
                isAway(failure);
            }
            return;
        }
        watched = true;
        since = nanoTime.getAsLong();
        Thread.ofVirtual().name("outage").start(this::watch);
    }

    /** Who answers has to do so twice, for a server that dies may have answered just before. */
    private void watch() {
        try {
            int answered = answers() ? 1 : 0;
            while (answered < 2) {
                stopper.pause(ASK_EVERY, "outage");
                answered = answers() ? answered + 1 : 0;
            }
            ended();
        } catch (Failures.Stopping e) {
            log.debug("nobody asks any more", e);
        }
    }

    private boolean answers() {
        try {
            question.ask();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failures.Stopping("outage");
        } catch (Exception | Error e) {
            isAway(e);
            return false;
        }
    }

    private synchronized void isAway(Throwable failure) {
        if (stopper.isStopped()) {
            return;
        }
        if (!away) {
            log.warn(goes, Failures.describe(failure));
            away = true;
        } else if (Failures.isRefusal(failure) && isOver(since, HEALS_WITHIN) && repeats.said(goes) > 0) {
            log.error(goes, Failures.describe(failure));
        }
    }

    private synchronized void ended() {
        watched = false;
        var lines = List.copyOf(befell.values());
        befell.clear();
        if (away) {
            away = false;
            back = nanoTime.getAsLong();
            log.info(returns, Duration.ofNanos(back - since).toSeconds());
        } else if (isOver(back, LATE)) {
            lines.forEach(Runnable::run);
        }
    }

    private boolean isOver(long begin, Duration time) {
        return nanoTime.getAsLong() - begin >= time.toNanos();
    }

    @Override
    public void close() {
        stopper.stop();
    }
}
