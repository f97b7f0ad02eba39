package io.orderflow.http.edge;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * A request's turn on its connection, from its head to its answer's last byte. It ends waits that take too long, and
 * does at its end what was asked for. What an alarm does that comes too late is nothing: the connection's next request
 * has a turn of its own.
 */
final class Turn {

    /** The attribute in which {@link ProblemValve} leaves it. */
    private static final String ATTRIBUTE = Turn.class.getName();

    private static final int AT_ONCE_MILLIS = 1;

    private final UUID requestId = UuidCreator.getTimeOrderedEpochFast();
    private final SocketWrapperBase<?> socket;
    private final Duration patience;
    private final Duration answerDeadline;
    private final BooleanSupplier full;
    private final List<Runnable> atEnd = new ArrayList<>();
    private final List<Runnable> whileUnderWay = new ArrayList<>();
    private CompletableFuture<Void> alarm = new CompletableFuture<>();
    private long waitedNanos;
    private boolean answering;
    private boolean ended;

    /**
     * @param patience how long nothing may come of the body, or be taken of the answer
     * @param answerDeadline how long the answer may take, from its first byte to its last
     * @param full whether newcomers wait for a place among the port's connections
     */
    Turn(SocketWrapperBase<?> socket, Duration patience, Duration answerDeadline, BooleanSupplier full) {
        this.socket = socket;
        this.patience = patience;
        this.answerDeadline = answerDeadline;
        this.full = full;
        bePatient();
    }

    private void bePatient() {
        socket.setReadTimeout(patience.toMillis());
        socket.setWriteTimeout(patience.toMillis());
    }

    static Turn of(HttpServletRequest request) {
        return (Turn) request.getAttribute(ATTRIBUTE);
    }

    /**
     * The name of its request, which its answer and its log lines carry. A client's own is never taken for it: whoever
     * sends one could make two requests look like one.
     */
    UUID requestId() {
        return requestId;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Whether its connection is to end with it, for newcomers wait for a place. */
    boolean isAwaited() {
        return full.getAsBoolean();
    }

    /** The answer begins, or its next piece: from now on its reader has so much time. */
    synchronized void answering() {
        if (!answering && !ended) {
            answering = true;
            var mine = new CompletableFuture<Void>();
            alarm = mine;
            mine.orTimeout(answerDeadline.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
                stopWriting(mine);
                return null;
            });
        }
    }

    /** A piece of the answer is out, and another will follow some time. */
    synchronized void pausing() {
        answering = false;
        alarm.complete(null);
        if (!ended) {
            // The alarm may have gone off while the piece was on its way.
            socket.setWriteTimeout(patience.toMillis());
        }
    }

    private synchronized void stopWriting(CompletableFuture<Void> late) {
        if (!ended && answering && alarm == late) {
            socket.setWriteTimeout(AT_ONCE_MILLIS);
        }
    }

    /** Lets the container wait so long for the next bytes of the body, if it would wait longer. */
    synchronized void waitAtMost(Duration time) {
        if (!ended && time.compareTo(patience) < 0) {
            socket.setReadTimeout(Math.max(AT_ONCE_MILLIS, time.toMillis()));
        }
    }

    /** Makes the container wait no longer for the next bytes of the body. */
    synchronized void stopReading() {
        if (!ended) {
            socket.setReadTimeout(AT_ONCE_MILLIS);
        }
    }

    /** Does this when the answer is out, or lost. */
    synchronized void atEnd(Runnable last) {
        atEnd.add(last);
    }

    /** Does this when the answer is out or lost, or when its request is no longer under way but waits. */
    synchronized void whileUnderWay(Runnable last) {
        whileUnderWay.add(last);
    }

    /**
     * Its request is no longer under way, it waits.
     *
     * @param last done when the answer is out, or lost
     */
    void waits(Runnable last) {
        atEnd(last);
        taken(whileUnderWay).forEach(Runnable::run);
    }

    /** So long it has waited: its client asked for that. */
    synchronized void waited(long nanos) {
        waitedNanos += nanos;
    }

    /** How long it has waited in all. */
    synchronized long waitedNanos() {
        return waitedNanos;
    }

    private synchronized List<Runnable> taken(List<Runnable> from) {
        var all = List.copyOf(from);
        from.clear();
        return all;
    }

    /** The answer is out, or lost. */
    void end() {
        synchronized (this) {
            alarm.complete(null);
            ended = true;
            bePatient();
        }
        taken(whileUnderWay).forEach(Runnable::run);
        taken(atEnd).forEach(Runnable::run);
    }
}
