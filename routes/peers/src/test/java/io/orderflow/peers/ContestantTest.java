package io.orderflow.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.peers.StartedContestant.Entry;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each contestant ends its orders, with money, pieces and mails where they belong. */
class ContestantTest {

    private final GreenMail mails = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @BeforeEach
    void open() {
        mails.start();
    }

    @AfterEach
    void close() {
        mails.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"usual", "tuned"})
    void ordersEndConfirmedOrCancelled(String name) throws Exception {
        try (var contestant = new StartedContestant(
                        name,
                        Broker.shared(),
                        Postgres.shared(),
                        mails.getSmtp().getPort())
                .start()) {
            var key = UUID.randomUUID();
            var good = place(contestant, key, "mug", "tok_visa");
            var again = place(contestant, key, "mug", "tok_visa");
            var declined = place(contestant, UUID.randomUUID(), "mug", "tok_declined");
            var gone = place(contestant, UUID.randomUUID(), "gone", "tok_visa");

            assertThat(again).isEqualTo(good);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(contestant.ledger()).hasSize(3).allMatch(Entry::balances);
                assertThat(contestant.unsent()).isZero();
                assertThat(sent()).hasSizeGreaterThanOrEqualTo(3);
            });
            Map<UUID, Entry> ledger =
                    contestant.ledger().stream().collect(Collectors.toMap(Entry::id, Function.identity()));
            assertThat(ledger.get(good)).isEqualTo(new Entry(good, "CONFIRMED", 2_580, 2_580, 0, 1, 2, 2));
            assertThat(ledger.get(declined)).isEqualTo(new Entry(declined, "CANCELLED", 2_580, 0, 0, 0, 2, 0));
            assertThat(ledger.get(gone).status()).isEqualTo("CANCELLED");
            assertThat(contestant.taken("mug")).containsEntry("pieces", 1L);
            assertThat(sent())
                    .containsEntry(good + ".confirmed", 1L)
                    .containsEntry(declined + ".cancelled", 1L)
                    .containsEntry(gone + ".cancelled", 1L);
        }
    }

    private static UUID place(StartedContestant contestant, UUID key, String sku, String token)
            throws IOException, InterruptedException {
        var answer = contestant.place(key, sku, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Length")).isPresent();
        return UUID.fromString(answer.body().split("\"")[3]);
    }

    /** How often each mail has come, by what it tells of. */
    private Map<String, Long> sent() {
        Map<String, Long> sent = new HashMap<>();
        Arrays.stream(mails.getReceivedMessages())
                .forEach(mail -> sent.merge(header(mail).replaceAll("[<>]|@.*", ""), 1L, Long::sum));
        return sent;
    }

    private static String header(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
