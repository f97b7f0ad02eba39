package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.messaging.fixture.RouteFixture;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a mail that a server does not take, with replies as servers give them. */
class MailRefusalsTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private final UUID order = UUID.randomUUID();
    private final NoticesInMemory rows = new NoticesInMemory();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Notices notices = new Notices(rows, meters, Duration.ofDays(3));
    private final ScriptedMailServer server = start();
    private final NotificationsSettings settings = Settings.of(server.port());
    private final MailConnections connections = new MailConnections(settings, 0);

    @RegisterExtension
    final RouteFixture routes = RoutesToServer.of(rows, notices, settings, connections);

    private static ScriptedMailServer start() {
        try {
            return new ScriptedMailServer();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void aMailIsDue() {
        routes.deliver("order-contacts", new OrderContact(order, AT, "Ada", "ada@example.com"));
        routes.deliver("order-events", new OrderConfirmed(order, AT, new Money(1, "EUR")));
    }

    @AfterEach
    void stop() throws Exception {
        connections.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 no such user here",
        "RCPT, 550 mailbox unavailable",
        "RCPT, 553 5.1.3 bad address",
        "RCPT, 501 5.1.3 bad recipient address syntax",
        "RCPT, 556 5.1.10 this domain takes no mail",
        "., 554 5.6.0 message content rejected",
        "., 554 transaction failed",
        "., 552 5.3.4 message too large",
        "., 552 5.2.3 larger than the mailbox takes"
    })
    void aRefusalOfTheRecipientOrTheMessageIsForGood(String command, String reply) throws Exception {
        server.always(command, reply);

        routes.carryOut("mails");

        assertThat(state()).isEqualTo(Mail.State.UNDELIVERABLE);
        assertThat(routes.waiting("mails")).isEmpty();
        assertThat(counted("notifications.undeliverable")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 451 4.7.1 greylisted",
        "RCPT, 452 4.2.2 mailbox full",
        "RCPT, 552 5.2.2 mailbox full",
        "RCPT, 550 5.2.1 mailbox disabled",
        "RCPT, 550 4.2.2 mailbox full",
        "RCPT, 550 5.4.4 unable to route",
        "RCPT, 553 5.3.5 system incorrectly configured",
        "RCPT, 554 5.7.1 relay access denied",
        "RCPT, 550 5.7.1 your host is on a block list",
        "DATA, 451 try again later",
        "DATA, 554 no valid recipients",
        "., 451 local error",
        "., 552 over quota",
        "., 552 5.2.2 mailbox full",
        "., 552 5.0.0 out of storage",
        "., 554 5.2.2 mailbox full",
        "., 554 5.3.1 mail system full",
        "., 554 5.3.2 taking no mail now",
        "., 554 5.4.6 routing loop",
        "., 554 4.3.0 try later",
        "., 550 5.7.1 looks like spam"
    })
    void whatMayPassIsTriedAgainLater(String command, String reply) throws Exception {
        server.always(command, reply);

        routes.carryOut("mails");

        assertThat(state()).isEqualTo(Mail.State.DUE);
        assertThat(routes.waiting("mails")).containsExactly(new SendMail(order, OrderOutcome.CONFIRMED, 1, 0));
        assertThat(counted("notifications.deferred")).isEqualTo(1);

        server.always(command, command.equals("DATA") ? "354 go on" : "250 fine");
        routes.carryOut("mails");

        assertThat(state()).isEqualTo(Mail.State.SENT);
        assertThat(server.mails()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, 554 5.7.1 go away",
        "MAIL, 530 5.7.0 authentication required",
        "MAIL, 550 5.1.8 sender address rejected",
        "MAIL, 554 5.7.1 sender blocked",
        "MAIL, 451 4.3.0 too busy",
        "RCPT, 421 4.3.2 closing",
        "RCPT, 503 5.5.1 sender already given",
        "RCPT, 550 5.1.8 sender address rejected",
        "., 550 5.1.7 sender address has no mailbox",
        "RCPT, 530 5.7.0 authentication required"
    })
    void aServerThatRefusesUsIsTriedAgainForAsLongAsItTakes(String command, String reply) {
        server.always(command, reply);

        assertThatThrownBy(() -> routes.carryOut("mails")).isInstanceOf(MessagingException.class);

        assertThat(state()).isEqualTo(Mail.State.DUE);
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 421 4.7.0, 421 4.7.0 <ada@example.com>: too many of them",
        "RCPT, 503, 503 <ada@example.com> comes too early",
        "RCPT, 550 5.1.8, 550 5.1.8 <ada@example.com>: sender address rejected",
        "., 550 5.1.7, 550 5.1.7 no mailbox of the sender to <ada@example.com>"
    })
    void whatAServerSaysToUsNamesNoRecipient(String command, String codes, String reply) {
        server.always(command, reply);

        assertThatThrownBy(() -> routes.carryOut("mails"))
                .hasMessage("mail server: " + command + ": " + codes)
                .hasNoCause();
    }

    @Test
    void aMailThatIsPutOffForDaysIsUndeliverable() throws Exception {
        server.always("RCPT", "451 4.7.1 greylisted");

        int attempts = 0;
        var last = Duration.ZERO;
        while (!routes.waiting("mails").isEmpty() && attempts < 500) {
            var request = (SendMail) routes.waiting("mails").getFirst();
            assertThat(request.delay()).isBetween(last, Duration.ofHours(1));
            last = request.delay();
            routes.carryOut("mails");
            attempts++;
        }

        assertThat(state()).isEqualTo(Mail.State.UNDELIVERABLE);
        assertThat(attempts).as("in three days").isBetween(72, 100);
        assertThat(last).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedMailServer.CUT, "354 go on"})
    void aMailWhoseAnswerNobodyHearsIsSentAFewTimesAndLessOftenEachTime(String reply) throws Exception {
        server.always(".", reply);

        var last = Duration.ZERO;
        for (int attempts = 0; !routes.waiting("mails").isEmpty() && attempts < 9; attempts++) {
            var request = (SendMail) routes.waiting("mails").getFirst();
            assertThat(request.delay()).isGreaterThanOrEqualTo(last.multipliedBy(10));
            last = request.delay();
            routes.carryOut("mails");
        }

        assertThat(state()).isEqualTo(Mail.State.IN_DOUBT);
        assertThat(server.commands()).filteredOn("DATA"::equals).hasSize(3);
        assertThat(last).isEqualTo(Duration.ofMinutes(5));
        assertThat(counted("notifications.unheard")).isEqualTo(3);
        assertThat(counted("notifications.in.doubt")).isEqualTo(1);
        assertThat(counted("notifications.undeliverable")).isZero();
    }

    /** Kills, cuts and whatever else there is make two copies more at most. */
    @Test
    void everyDoubtCountsWhereverItComesFrom() throws Exception {
        server.next(".", ScriptedMailServer.CUT);
        routes.carryOut("mails");
        routes.carryOutInDoubt("mails");
        assertThat(server.mails()).hasSize(1);
        assertThat(routes.waiting("mails")).containsExactly(new SendMail(order, OrderOutcome.CONFIRMED, 0, 2));

        server.next("RCPT", "451 4.7.1 greylisted");
        routes.carryOut("mails");
        assertThat(routes.waiting("mails")).containsExactly(new SendMail(order, OrderOutcome.CONFIRMED, 1, 2));
        routes.carryOutInDoubt("mails");

        assertThat(state()).isEqualTo(Mail.State.IN_DOUBT);
        assertThat(routes.waiting("mails")).isEmpty();
    }

    @Test
    void aMailThatIsTakenAfterADoubtIsSent() throws Exception {
        routes.carryOutInDoubt("mails");
        assertThat(server.mails()).isEmpty();

        routes.carryOut("mails");

        assertThat(state()).isEqualTo(Mail.State.SENT);
        assertThat(server.mails()).hasSize(1);
    }

    private Mail.State state() {
        return rows.find(order, OrderOutcome.CONFIRMED).orElseThrow().mail().state();
    }

    private double counted(String counter) {
        return meters.get(counter).tag("outcome", "confirmed").counter().count();
    }
}
