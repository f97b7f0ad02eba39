package io.orderflow.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.peers.StartedContestant.Entry;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@code kill -9} under load leaves of each contestant's orders: the comparison's table says the same. */
@Tag("campaign")
class KilledContestantTest {

    private static final int ORDERS = 600;
    private static final int CUSTOMERS = 16;

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
    @CsvSource({"usual, false", "registry, true", "tuned, false"})
    void aKillLosesAnOrderWhereNobodySendsAgain(String name, boolean mayLose) throws Exception {
        // Its topics are named for the contestant, and what they hold is nobody else's.
        try (var broker = Broker.temporary();
                var contestant = new StartedContestant(
                                name, broker, Postgres.shared(), mails.getSmtp().getPort())
                        .start()) {
            var keys = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
            var taken = new ConcurrentHashMap<UUID, String>();
            var load = Thread.ofVirtual().start(() -> placeAll(contestant, keys, taken));
            await().atMost(Duration.ofMinutes(9)).until(() -> taken.size() >= ORDERS / 2);
            contestant.kill();
            load.join();
            contestant.start();
            placeAll(contestant, keys, taken);
            assertThat(taken).hasSize(ORDERS);

            awaitRest(contestant, mayLose);
            var ledger = contestant.ledger();
            assertThat(ledger).hasSize(ORDERS);
            var lost = ledger.stream().filter(entry -> !entry.balances()).toList();
            System.out.printf(
                    "%s: of %d orders %d lost, %d charged twice, %d mails too many, %d events left%n",
                    name,
                    ORDERS,
                    lost.size(),
                    ledger.stream().filter(entry -> entry.charges() > 1).count(),
                    mails.getReceivedMessages().length - distinctMails(),
                    contestant.unsent());
            assertThat(ledger).allMatch(entry -> entry.charges() <= 1);
            assertThat(lost.isEmpty() || mayLose && contestant.unsent() > 0)
                    .as("lost: " + lost)
                    .isTrue();
        }
    }

    /** Those that have no answer yet; whoever is killed leaves some without. */
    private static void placeAll(StartedContestant contestant, List<UUID> keys, Map<UUID, String> taken) {
        Queue<UUID> left = new ConcurrentLinkedQueue<>(keys);
        left.removeAll(taken.keySet());
        try (var customers = Executors.newFixedThreadPool(CUSTOMERS)) {
            for (int i = 0; i < CUSTOMERS; i++) {
                customers.submit(() -> {
                    for (var key = left.poll(); key != null; key = left.poll()) {
                        var answer = contestant.place(key, "mug", "tok_visa");
                        if (answer.statusCode() == 202) {
                            taken.put(key, answer.body());
                        }
                    }
                    return null;
                });
            }
        }
    }

    /** Until all are final and told, or, where some may stay open, until nothing moves any more. */
    private void awaitRest(StartedContestant contestant, boolean mayStayOpen) {
        if (mayStayOpen) {
            await().atMost(Duration.ofMinutes(9))
                    .until(() -> contestant.ledger().stream().anyMatch(Entry::balances));
            var before = new Object() {
                Map<UUID, Entry> ledger = Map.of();
                int mails;
            };
            await().pollInterval(Duration.ofSeconds(10))
                    .atMost(Duration.ofMinutes(9))
                    .until(() -> {
                        var now =
                                contestant.ledger().stream().collect(Collectors.toMap(Entry::id, Function.identity()));
                        boolean same = now.equals(before.ledger) && before.mails == mails.getReceivedMessages().length;
                        before.ledger = now;
                        before.mails = mails.getReceivedMessages().length;
                        return same;
                    });
        } else {
            await().atMost(Duration.ofMinutes(9)).untilAsserted(() -> {
                assertThat(contestant.ledger()).hasSize(ORDERS).allMatch(Entry::balances);
                assertThat(contestant.unsent()).isZero();
            });
        }
    }

    private long distinctMails() throws MessagingException {
        var ids = ConcurrentHashMap.<String>newKeySet();
        for (var mail : mails.getReceivedMessages()) {
            ids.add(mail.getMessageID());
        }
        return ids.size();
    }
}
