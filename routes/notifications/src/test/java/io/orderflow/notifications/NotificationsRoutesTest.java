package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.messaging.fixture.RouteFixture;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications' routes, up to a real mail server. */
class NotificationsRoutesTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final GreenMail SERVER = new GreenMail(ServerSetup.SMTP.dynamicPort());

    private final UUID order = UUID.randomUUID();
    private final NoticesInMemory rows = new NoticesInMemory();
    private final NotificationsSettings settings = Settings.of(SERVER.getSmtp().getPort());
    private final Notices notices = new Notices(rows, new SimpleMeterRegistry(), Duration.ofDays(3));

    @RegisterExtension
    final RouteFixture routes = RoutesToServer.of(rows, notices, settings, new MailConnections(settings, 0));

    @BeforeAll
    static void startServer() {
        SERVER.start();
    }

    @AfterAll
    static void stopServer() {
        SERVER.stop();
    }

    @BeforeEach
    void emptyMailboxes() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    @Test
    void aMailWaitsForItsAddressAndSaysWhenItHappened() throws Exception {
        routes.deliver("order-events", new OrderConfirmed(order, AT, new Money(2580, "EUR")));
        assertThat(routes.waiting("mails")).isEmpty();

        routes.deliver("order-contacts", contact("Zoë Ångström", "zoe@example.com"));
        routes.carryOut("mails");

        var mail = received();
        assertThat(mail.getSubject()).isEqualTo("Your order " + order + " is confirmed");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getMessageID()).isEqualTo("<" + order + ".confirmed@orderflow.example>");
        assertThat(mail.getContent().toString())
                .contains("Dear Zoë Ångström", "23 November 2026, 12:00 UTC", "25.80 EUR");
        assertThat(rows.find(order, OrderOutcome.CONFIRMED).orElseThrow().mail().state())
                .isEqualTo(Mail.State.SENT);
    }

    @Test
    void eachOutcomeHasItsMail() throws Exception {
        routes.deliver("order-contacts", contact("Ada", "ada@example.com"));
        routes.deliver("order-events", new OrderCancelled(order, AT, CancellationReason.OUT_OF_STOCK));
        routes.deliver("payment-events", new PaymentRefunded(order, AT, new Money(500, "JPY")));
        routes.deliver("payment-events", new PaymentRefunded(order, AT, new Money(500, "JPY")));
        routes.carryOut("mails");
        routes.carryOut("mails");

        assertThat(routes.waiting("mails")).isEmpty();
        assertThat(SERVER.getReceivedMessages()).hasSize(2);
        assertThat(SERVER.getReceivedMessages()[0].getContent().toString()).contains("out of stock");
        assertThat(SERVER.getReceivedMessages()[1].getContent().toString()).contains("500 JPY");
    }

    @Test
    void whoseOrderWasCalledOffForHimIsToldThatHeDidNot() throws Exception {
        routes.deliver("order-contacts", contact("Ada", "ada@example.com"));
        routes.deliver("order-events", new OrderCancelled(order, AT, CancellationReason.CUSTOMER, "operator"));
        routes.carryOut("mails");

        assertThat(received().getContent().toString())
                .contains("because our staff called it off for you.")
                .doesNotContain("you asked for it");
    }

    @Test
    void anAmountIsToldInACurrencyThatNobodyKnows() throws Exception {
        routes.deliver("order-contacts", contact("Ada", "ada@example.com"));
        routes.deliver("payment-events", new PaymentRefunded(order, AT, new Money(500, "XQQ")));
        routes.carryOut("mails");

        assertThat(received().getContent().toString()).contains("500 minor units of XQQ");
    }

    @Test
    void aNameCannotAddAHeaderOrARecipient() throws Exception {
        routes.deliver(
                "order-contacts",
                contact("Ada\r\nBcc: eve@example.com\r\nSubject: hello ${body} #{x}", "ada@example.com"));
        routes.deliver("order-events", new OrderConfirmed(order, AT, new Money(1, "EUR")));
        routes.carryOut("mails");

        var raw = GreenMailUtil.getWholeMessage(received());
        assertThat(raw.lines().takeWhile(line -> !line.isEmpty())).noneMatch(line -> line.startsWith("Bcc:"));
        assertThat(raw.lines().filter(line -> line.startsWith("Subject:"))).hasSize(1);
        assertThat(received().getAllRecipients()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=?utf-8?q?=42ob?=",
                "Ada =?iso-8859-1?b?RXZl?= of London, \"Ltd\"",
                "=?",
                "Zoë =?utf-8?q?=42ob?=",
                "=?utf-8?q?x?= \ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00"
                        + "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00 and a long name after that"
            })
    void aNameArrivesAsItWasWrittenEvenIfItLooksEncoded(String name) throws Exception {
        routes.deliver("order-contacts", contact(name, "ada@example.com"));
        routes.deliver("order-events", new OrderConfirmed(order, AT, new Money(1, "EUR")));
        routes.carryOut("mails");

        var to = (InternetAddress) received().getAllRecipients()[0];
        assertThat(to.getPersonal()).isEqualTo(name);
        assertThat(to.getAddress()).isEqualTo("ada@example.com");
        assertThat(received().getHeader("To", null).split("\r\n")).allMatch(line -> line.length() <= 76);
    }

    @Test
    void aSubjectArrivesAsItWasWrittenEvenIfItLooksEncoded() throws Exception {
        var subject = "=?utf-8?q?=42ob?= and more";
        var letter = new Letter(
                new SendMail(order, OrderOutcome.CONFIRMED),
                settings.from(),
                new InternetAddress("ada@example.com"),
                subject,
                "text");

        assertThat(letter.getSubject()).isEqualTo(subject);
        assertThat(letter.getHeader("Subject", null)).doesNotContain("=42ob");
    }

    @ParameterizedTest
    @CsvSource({
        "'a@example.com,b@example.com'",
        "'ada@example.com\r\nRCPT TO:<eve@example.com>'",
        "no-address",
        "'<ada@example.com>'"
    })
    void anAddressThatIsNotOneIsUndeliverable(String address) throws Exception {
        routes.deliver("order-contacts", contact("Ada", address));
        routes.deliver("order-events", new OrderConfirmed(order, AT, new Money(1, "EUR")));
        routes.carryOut("mails");

        assertThat(rows.find(order, OrderOutcome.CONFIRMED).orElseThrow().mail().state())
                .isEqualTo(Mail.State.UNDELIVERABLE);
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() throws Exception {
        routes.deliver("order-contacts", contact("Ada", "ada@example.com"));
        routes.deliver("order-events", new OrderConfirmed(order, AT, new Money(1, "EUR")));
        SERVER.stop();
        try {
            assertThatThrownBy(() -> routes.carryOut("mails")).isInstanceOf(Exception.class);
            assertThat(rows.find(order, OrderOutcome.CONFIRMED)
                            .orElseThrow()
                            .mail()
                            .state())
                    .isEqualTo(Mail.State.DUE);
        } finally {
            SERVER.start();
        }
    }

    @Test
    void whoIsForgottenGetsNoMail() throws Exception {
        routes.deliver("order-contacts", contact("Ada", "ada@example.com"));
        routes.deliver("order-events", new OrderConfirmed(order, AT, new Money(1, "EUR")));
        routes.deliver("order-contacts", new ContactErased(order, AT));
        routes.deliver("payment-events", new PaymentRefunded(order, AT, new Money(1, "EUR")));
        routes.deliver("order-contacts", contact("Ada", "ada@example.com"));
        routes.carryOut("mails");

        assertThat(SERVER.getReceivedMessages()).isEmpty();
        assertThat(rows.recipients.get(order)).isEqualTo(new Recipient(order, null, null, true));
        assertThat(rows.find(order, OrderOutcome.REFUNDED).orElseThrow().mail().state())
                .as("it waits for nothing")
                .isEqualTo(Mail.State.ERASED);
    }

    private OrderContact contact(String name, String email) {
        return new OrderContact(order, AT, name, email);
    }

    private static MimeMessage received() {
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        return SERVER.getReceivedMessages()[0];
    }
}
