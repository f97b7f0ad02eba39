package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of servers that do not answer, and of failures that are none of theirs. */
class OutagesTest {

    private static final SQLException LOST = new SQLException("This connection has been closed.", "08003");
    private static final SQLException LOCKED = new SQLException("canceling statement due to lock timeout", "55P03");

    private final AtomicBoolean databaseAnswers = new AtomicBoolean(true);
    private final AtomicBoolean brokersAnswer = new AtomicBoolean(true);
    private static final SQLException WITHDRAWN = new SQLException("permission denied for table work", "42501");

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger brokersAsked = new AtomicInteger();

    /** How much later it is than by the clock. */
    private final AtomicLong ahead = new AtomicLong();

    private final Outages outages = new Outages(
            () -> {
                asked.incrementAndGet();
                if (!databaseAnswers.get()) {
                    throw new ConnectException("Connection refused");
                }
            },
            () -> {
                brokersAsked.incrementAndGet();
                if (!brokersAnswer.get()) {
                    throw new ExecutionException(new SslAuthenticationException("SSL handshake failed"));
                }
            },
            () -> System.nanoTime() + ahead.get());

    private final Logger ours = (Logger) LoggerFactory.getLogger(Outages.class);
    private final Logger by = (Logger) LoggerFactory.getLogger(OutagesTest.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ours.addAppender(log);
        by.addAppender(log);
    }

    @AfterEach
    void hush() {
        outages.close();
        ours.detachAppender(log);
        by.detachAppender(log);
    }

    /** Whoever watches is the only one: nothing would be said of the server any more. */
    @Test
    void aServerIsAskedAgainAfterAnError() {
        var times = new AtomicInteger();
        Question failing = () -> {
            if (times.incrementAndGet() == 1) {
                throw new StackOverflowError("deep");
            }
        };
        try (var some = new Outages(failing, () -> {})) {
            some.report(by, "a step", "waits", LOST);

            await().until(() -> times.get() >= 3);
        }
    }

    @Test
    void aServerThatGoesIsALineAndSoIsItsReturnWhoeverFailsMeanwhile() {
        databaseAnswers.set(false);
        for (int i = 0; i < 100; i++) {
            outages.report(by, "payments: sweeper", "it is tried again", LOST);
        }
        await().until(() -> asked.get() > 2);
        outages.report(by, "orders: figures", "the database does not tell them", LOST);
        databaseAnswers.set(true);

        await().until(() -> lines().size() > 1);
        assertThat(lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("WARN the database does not answer: ConnectException: Connection refused;"
                                        + " what needs it waits"),
                        line -> assertThat(line).matches("INFO the database answers again after [0-9]+ s"));
    }

    @Test
    void whatFailsLateBecauseTheServerWasAwayIsNotSaid() {
        databaseAnswers.set(false);
        outages.report(by, "payments: sweeper", "it is tried again", LOST);
        databaseAnswersAgain();
        int before = asked.get();

        outages.report(by, "payments: order_events", "waits for infrastructure", LOST);

        await().until(() -> asked.get() >= before + 2);
        outages.report(by, "payments", "a later line", new IllegalStateException("no server's"));
        assertThat(lines()).hasSize(3).last().asString().contains("a later line");
    }

    private void databaseAnswersAgain() {
        await().until(() -> !lines().isEmpty());
        databaseAnswers.set(true);
        await().until(() -> lines().size() == 2);
    }

    @Test
    void whatFailsAlthoughTheServerAnswersIsSaidByWhomItBefell() {
        outages.report(by, "payments: order_events", "waits for infrastructure", LOCKED);

        await().until(() -> !lines().isEmpty());
        assertThat(lines())
                .containsExactly("WARN payments: order_events: waits for infrastructure:"
                        + " SQLException: canceling statement due to lock timeout");
    }

    @Test
    void aBrokerThatIsAwayIsNoDatabaseThatIsAway() {
        brokersAnswer.set(false);
        outages.report(by, "orders: relay", "the rows stay in the outbox", new TimeoutException("no metadata"));

        await().until(() -> !lines().isEmpty());
        assertThat(lines())
                .containsExactly("WARN the brokers do not answer: SslAuthenticationException: SSL handshake failed;"
                        + " events wait in the outbox");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whateverFailsAlthoughTheServerAnswersIsSaidAndNothingOfItIsTheServersAbsence() {
        outages.report(by, "payments: order_events", "waits for infrastructure", LOCKED);
        ahead.set(Duration.ofSeconds(2).toNanos());
        outages.report(by, "payments: order_events", "waits for infrastructure", LOCKED);
        outages.report(by, "orders: sweeper", "it is tried again", WITHDRAWN);

        await().until(() -> lines().size() > 1);
        assertThat(lines())
                .containsExactly(
                        "WARN payments: order_events: waits for infrastructure:"
                                + " SQLException: canceling statement due to lock timeout",
                        "WARN orders: sweeper: it is tried again: SQLException: permission denied for table work");
    }

    @Test
    void aRightThatStaysWithdrawnIsAnErrorAfterAMinute() {
        var failure = new TopicAuthorizationException("order_events");
        outages.report(by, "orders: relay", "does not take events", failure);
        outages.report(by, "orders: relay", "does not take events", failure);
        assertThat(lines()).singleElement().asString().startsWith("WARN orders: relay");

        ahead.set(Duration.ofSeconds(61).toNanos());
        outages.report(by, "orders: relay", "does not take events", failure);
        assertThat(lines()).hasSize(2).last().asString().startsWith("ERROR orders: relay");
    }

    @Test
    void aCertificateThatStaysRefusedIsAnErrorAfterAMinute() {
        brokersAnswer.set(false);
        outages.report(by, "orders: relay", "the rows stay in the outbox", new TimeoutException("no metadata"));
        await().until(() -> brokersAsked.get() > 2);
        assertThat(lines()).singleElement().asString().startsWith("WARN the brokers do not answer");

        ahead.set(Duration.ofSeconds(61).toNanos());
        await().until(() -> lines().size() > 1);
        assertThat(lines()).last().asString().startsWith("ERROR the brokers do not answer");
    }

    @Test
    void whatHasGoneOnBeforeItsLineWasDueIsNotSaid() {
        outages.report(by, "inventory: order_events", "cannot poll", LOCKED, new Outages.Line() {
            @Override
            public boolean stillFails() {
                return false;
            }
        });
        outages.report(by, "orders: sweeper", "it is tried again", LOCKED);

        await().until(() -> !lines().isEmpty());
        assertThat(lines()).singleElement().asString().contains("orders: sweeper");
    }

    @Test
    void nothingIsSaidOfARoleThatIsStopped() {
        outages.report(by, "payments: order_events", "waits", new Failures.Stopping("order_events"));

        assertThat(lines()).isEmpty();
    }

    @Test
    void whatGoesOnIsRepeatedMoreAndMoreSeldom() {
        var now = new AtomicLong();
        var repeats = new Repeats(now::get);
        int said = 0;
        for (int second = 0; second < 8 * 60; second++) {
            now.set(Duration.ofSeconds(second).toNanos());
            said += repeats.said("a right is withdrawn") > 0 ? 1 : 0;
        }
        assertThat(said).as("after 0, 1, 3 and 7 minutes").isEqualTo(4);

        now.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThat(repeats.said("a right is withdrawn")).as("as news").isEqualTo(1);
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
