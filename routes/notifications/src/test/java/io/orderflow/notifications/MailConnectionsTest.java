package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.StreamProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections are shared by mails, and whatever becomes of one, each mail is taken once for each time that it is sent.
 */
class MailConnectionsTest {

    private ScriptedMailServer server;
    private MailConnections connections;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedMailServer();
        connections = new MailConnections(Settings.of(server.port()), 0);
    }

    @AfterEach
    void stop() throws Exception {
        connections.close();
        server.close();
    }

    @Test
    void mailsShareAConnection() throws Exception {
        for (int i = 0; i < 5; i++) {
            connections.send(letter());
        }

        assertThat(server.mails()).hasSize(5).doesNotHaveDuplicates();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aServerThatHangsUpBetweenMailsCostsNeitherAMailNorACopy() throws Exception {
        for (int i = 0; i < 3; i++) {
            connections.send(letter());
            server.hangUp();
        }

        assertThat(server.mails()).hasSize(3).doesNotHaveDuplicates();
        assertThat(server.connections()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 shutting down", "554 5.5.1 you again", ScriptedMailServer.CUT})
    void aConnectionThatTheServerWantsNoMoreIsReplaced(String reply) throws Exception {
        try (var careful = new MailConnections(Settings.of(server.port()), 0, Duration.ZERO)) {
            careful.send(letter());
            server.next("NOOP", reply);
            careful.send(letter());
        }

        assertThat(server.mails()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 shutting down", ScriptedMailServer.CUT})
    void aConnectionThatHasJustCarriedAMailIsNotAskedAndReplacedIfItIsGone(String reply) throws Exception {
        connections.send(letter());
        server.next("MAIL", reply);
        connections.send(letter());

        assertThat(server.commands()).doesNotContain("NOOP");
        assertThat(server.mails()).hasSize(2).doesNotHaveDuplicates();
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aServerThatIsGoneIsNotLookedForForEver() throws Exception {
        connections.send(letter());
        server.always("MAIL", "421 4.3.2 shutting down");

        assertThatThrownBy(() -> connections.send(letter())).isInstanceOf(MessagingException.class);
        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("MAIL"))
                .hasSize(3);
    }

    @Test
    void aServerThatTakesCommandsInAdvanceIsWaitedForTwiceAMail() throws Exception {
        server.always("EHLO", "250-here\r\n250 PIPELINING").answersTogether("MAIL", "RCPT", "DATA");

        connections.send(letter());
        connections.send(letter());

        assertThat(server.mails()).hasSize(2).doesNotHaveDuplicates();
        assertThat(server.connections()).isEqualTo(1);
    }

    /** Whatever else was sent in advance. */
    @ParameterizedTest
    @CsvSource({"MAIL, 550 5.7.1 not from you", "RCPT, 550 5.1.1 no such user", "DATA, 451 4.3.0 not now"})
    void whatIsRefusedInAdvanceIsNoMail(String command, String reply) throws Exception {
        server.always("EHLO", "250-here\r\n250 PIPELINING").next(command, reply);

        assertThatThrownBy(() -> connections.send(letter()))
                .isInstanceOf(SendFailedException.class)
                .hasStackTraceContaining(reply);
        connections.send(letter());

        assertThat(server.mails()).hasSize(1);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aMailWhoseAnswerIsLostIsLeftToTheNextAttempt() throws Exception {
        var letter = letter();
        server.next(".", ScriptedMailServer.CUT);

        assertThatThrownBy(() -> connections.send(letter)).isInstanceOf(MessagingException.class);
        assertThat(server.mails()).hasSize(1);
        connections.send(letter);

        assertThat(server.mails()).hasSize(2).allSatisfy(mail -> assertThat(mail)
                .contains("Message-ID: " + letter.getMessageID()));
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionIsNotUsedAgainAfterARefusal() throws Exception {
        server.next("RCPT", "550 5.1.1 no such user").next("QUIT", ScriptedMailServer.CUT);

        assertThatThrownBy(() -> connections.send(letter())).isInstanceOf(SendFailedException.class);
        connections.send(letter());

        assertThat(server.mails()).hasSize(1);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatNoMailNeedsIsClosed() throws Exception {
        try (var impatient = new MailConnections(Settings.of(server.port(), "none", null, Duration.ofMillis(100)), 0)) {
            impatient.send(letter());

            await().untilAsserted(() -> assertThat(server.open()).isZero());
            assertThat(server.commands()).endsWith("QUIT");
        }
    }

    @Test
    void aConnectionCarriesSoManyMailsAndNoMore() throws Exception {
        for (int i = 0; i < 101; i++) {
            connections.send(letter());
        }

        assertThat(server.mails()).hasSize(101);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void thereAreNoMoreConnectionsThanTheServerShouldSee() throws Exception {
        List<Callable<Void>> mails = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            mails.add(() -> {
                connections.send(letter());
                return null;
            });
        }
        try (var workers = Executors.newFixedThreadPool(12)) {
            for (var mail : workers.invokeAll(mails)) {
                mail.get();
            }
        }

        assertThat(server.mails()).hasSize(60).doesNotHaveDuplicates();
        assertThat(server.connections()).isLessThanOrEqualTo(Settings.CONNECTIONS);
    }

    @Test
    void aServerThatAsksForItIsToldThePassword() throws Exception {
        server.always("EHLO", "250-here\r\n250 AUTH PLAIN").always("AUTH", "235 welcome");
        try (var known = new MailConnections(Settings.of(server.port(), "none", "shop", Duration.ofSeconds(30)), 0)) {
            known.send(letter());
        }

        assertThat(server.commands())
                .filteredOn(command -> command.startsWith("AUTH PLAIN"))
                .hasSize(1);
    }

    @Test
    void withoutEncryptionThatIsAskedForNothingIsSent() throws Exception {
        try (var careful =
                new MailConnections(Settings.of(server.port(), "starttls", null, Duration.ofSeconds(30)), 0)) {
            assertThatThrownBy(() -> careful.send(letter()))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("STARTTLS");
        }

        assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void aServerWithACertificateOfNobodyIsNotTrusted() {
        var stranger = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        stranger.start();
        var settings = Settings.of(stranger.getSmtps().getPort(), "tls", null, Duration.ofSeconds(30));
        try (var careful = new MailConnections(settings, 0)) {
            assertThatThrownBy(() -> careful.send(letter())).hasStackTraceContaining("SSLHandshakeException");
        } finally {
            stranger.stop();
        }
    }

    /** Otherwise each header and each body searches the class path. */
    @Test
    void encodersAreNamed() throws Exception {
        letter();

        assertThat(System.getProperty(StreamProvider.class.getName()))
                .isEqualTo(StreamProvider.provider().getClass().getName());
    }

    private static Letter letter() throws Exception {
        return new Letter(
                new SendMail(UUID.randomUUID(), OrderOutcome.CONFIRMED),
                "shop@orderflow.example",
                new InternetAddress("ada@example.com", "Zoë"),
                "Your order",
                "Dear Zoë Ångström");
    }
}
