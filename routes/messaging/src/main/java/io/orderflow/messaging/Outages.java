package io.orderflow.messaging;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * What this process says of the database and the brokers while one of them is away: a line when it goes and a line when
 * it is back, however many steps fail meanwhile. Whoever fails tells it here and says nothing itself; the servers'
 * clients are silent by the levels in {@code application.yaml}.
 *
 * <p>What fails although its server answers, as a lock that is not got or a topic without a leader, is said by whom it
 * befell, once and then more and more seldom ({@link Repeats}).
 */
public final class Outages implements AutoCloseable {

    private final Server database;
    private final Server brokers;
    private final Repeats repeats;

    /** Of a line that is due some time after its failure, for it is found out first whether a server is away. */
    public interface Line {

        /** What has gone on by itself meanwhile is not said. */
        default boolean stillFails() {
            return true;
        }

        default void said() {}
    }

    public Outages(Question database, Question brokers) {
        this(database, brokers, System::nanoTime);
    }

    Outages(Question database, Question brokers, LongSupplier nanoTime) {
        this.repeats = new Repeats(nanoTime);
        this.database = new Server(
                "the database does not answer: {}; what needs it waits",
                "the database answers again after {} s",
                Duration.ofSeconds(1),
                database,
                repeats,
                nanoTime);
        this.brokers = new Server(
                "the brokers do not answer: {}; events wait in the outbox",
                "the brokers answer again after {} s",
                Duration.ofSeconds(5),
                brokers,
                repeats,
                nanoTime);
    }

    /**
     * Something failed, and is tried again.
     *
     * @param by where the line comes from, if one is needed
     * @param who what failed; one of a few names
     * @param what what could not be done
     */
    public void report(Logger by, String who, String what, Throwable failure) {
        report(by, who, what, failure, new Line() {});
    }

    /** @param line is asked before it is said, and told if it was */
    public void report(Logger by, String who, String what, Throwable failure, Line line) {
        by.debug("{}: {}: {}", who, what, Failures.describe(failure));
        if (failure instanceof Failures.Stopping) {
            return;
        }
        var server = serverOf(failure);
        if (server == null) {
            say(by, who, what, failure, line);
        } else {
            server.failed(who, failure, () -> say(by, who, what, failure, line));
        }
    }

    private void say(Logger by, String who, String what, Throwable failure, Line due) {
        if (!due.stillFails()) {
            return;
        }
        int times = repeats.said(who + Failures.kind(failure));
        if (times > 0) {
            var text = who + ": " + what + ": " + Failures.describe(failure);
            // What somebody has to set right is an error once it is clear that it does not heal by itself.
            Consumer<String> line = times > 1 && Failures.isRefusal(failure) ? by::error : by::warn;
            if (failure instanceof Error) {
                // No waiting mends it: where it comes from has to be seen.
                by.error(text, failure);
            } else {
                line.accept(text);
            }
            due.said();
        }
    }

    /** Whose absence it may be; null where it is nobody's. */
    private Server serverOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SQLException e -> {
                    return Failures.isInfrastructure(e) || Failures.isRefusal(e) ? database : null;
                }
                case CannotCreateTransactionException e -> {
                    return database;
                }
                case TransactionSystemException e -> {
                    return database;
                }
                case RetriableException e -> {
                    return brokers;
                }
                case AuthenticationException e -> {
                    return brokers;
                }
                // Only the brokers' answers are futures.
                case java.util.concurrent.TimeoutException e -> {
                    return brokers;
                }
                default -> {}
            }
        }
        return null;
    }

    @Override
    public void close() {
        database.close();
        brokers.close();
    }
}
