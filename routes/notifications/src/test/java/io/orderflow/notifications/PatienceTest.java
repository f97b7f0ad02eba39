package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a server may think, and what is known of a mail when it has thought for longer. */
class PatienceTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ScriptedMailServer server = new ScriptedMailServer();

    PatienceTest() throws Exception {}

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** The others are so long that only the one that is meant can end here. */
    @ParameterizedTest
    @CsvSource({"NOOP, 1", "MAIL, 2", "RCPT, 2", "DATA, 2", "., 3"})
    void eachPhaseHasItsOwnPatience(String phase, int number) throws Exception {
        var settings = Settings.of(
                server.port(), number == 1 ? SHORT : LONG, number == 2 ? SHORT : LONG, number == 3 ? SHORT : LONG);
        try (var connections = new MailConnections(settings, 0, Duration.ZERO)) {
            connections.send(letter());
            server.next(phase, ScriptedMailServer.LATE + "250 fine");

            var mail = sending(connections, Thread.ofPlatform()::start);
            await().until(mail::isDone);

            if (number == 1) {
                assertThat(mail).isCompleted();
                assertThat(server.connections()).as("another one was opened").isEqualTo(2);
            } else {
                assertThat(mail.exceptionNow() instanceof UnheardAnswer).isEqualTo(number == 3);
            }
            assertThat(server.silent()).isOne();
        }
    }

    /** The connection is asked whether it is there with little patience; what follows has more again. */
    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "."})
    void whoAnswersLateAndInTimeIsHeard(String phase) throws Exception {
        try (var connections = new MailConnections(Settings.of(server.port(), SHORT, LONG, LONG), 0)) {
            connections.send(letter());
            server.next(phase, ScriptedMailServer.LATE + "250 fine");
            var mail = sending(connections, Thread.ofPlatform()::start);

            await().until(() -> server.silent() == 1);
            await().during(SHORT.multipliedBy(3)).until(() -> !mail.isDone());
            server.speak();

            await().until(mail::isDone);
            assertThat(mail).isCompleted();
            assertThat(server.mails()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedMailServer.CUT, "354 go on", "what?"})
    void whatIsNoAnswerToTheLastDotLeavesTheMailInDoubt(String reply) throws Exception {
        try (var connections = new MailConnections(Settings.of(server.port()), 0)) {
            server.next(".", reply);

            assertThatThrownBy(() -> connections.send(letter())).isInstanceOf(UnheardAnswer.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
    void whoHangsUpBeforeTheLastDotHasNoMail(String phase) throws Exception {
        try (var connections = new MailConnections(Settings.of(server.port()), 0)) {
            server.always(phase, ScriptedMailServer.CUT).always("HELO", ScriptedMailServer.CUT);

            assertThatThrownBy(() -> connections.send(letter()))
                    .isInstanceOf(MessagingException.class)
                    .isNotInstanceOf(UnheardAnswer.class);
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void anyYesIsOne() throws Exception {
        try (var connections = new MailConnections(Settings.of(server.port()), 0)) {
            server.next(".", "251 will forward");

            connections.send(letter());

            assertThat(server.mails()).hasSize(1);
        }
    }

    /** A stop interrupts what is under way. */
    @ParameterizedTest
    @CsvSource({"RCPT, false", "., true"})
    void aStopEndsTheWaitAndTheMailIsInDoubtAfterItsLastDot(String phase, boolean inDoubt) throws Exception {
        try (var connections = new MailConnections(Settings.of(server.port()), 0)) {
            server.next(phase, ScriptedMailServer.LATE + "250 fine");
            var thread = new CompletableFuture<Thread>();
            var mail = sending(connections, task -> thread.complete(Thread.startVirtualThread(task)));
            await().until(() -> server.silent() == 1);

            thread.join().interrupt();

            await().until(mail::isDone);
            assertThat(mail.exceptionNow() instanceof UnheardAnswer).isEqualTo(inDoubt);
        }
    }

    private static CompletableFuture<Void> sending(MailConnections connections, Executor by) {
        var sent = new CompletableFuture<Void>();
        by.execute(() -> {
            try {
                connections.send(letter());
                sent.complete(null);
            } catch (Exception e) {
                sent.completeExceptionally(e);
            }
        });
        return sent;
    }

    private static Letter letter() throws Exception {
        return new Letter(
                new SendMail(UUID.randomUUID(), OrderOutcome.CONFIRMED),
                "shop@orderflow.example",
                new InternetAddress("ada@example.com"),
                "Your order",
                "Dear Ada");
    }
}
