package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Workers that read at the same time read together, and each gets its own mail. */
class SharedReadingTest {

    private final NoticesInMemory rows = new NoticesInMemory();
    private final List<Integer> statements = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final Set<UUID> unreadable = ConcurrentHashMap.newKeySet();
    private volatile boolean isAway;
    private volatile boolean isBroken;

    private final SharedReading reading = new SharedReading(new NoticesInMemory() {
        @Override
        public List<Addressed> find(Collection<SendMail> requests) {
            statements.add(requests.size());
            hold();
            if (isAway) {
                throw new IllegalStateException("away");
            }
            if (isBroken) {
                throw new LinkageError("broken");
            }
            if (requests.stream().anyMatch(request -> unreadable.contains(request.orderId()))) {
                throw new IllegalArgumentException("unreadable");
            }
            return rows.find(requests);
        }
    });

    @Test
    void whoReadsAtTheSameTimeSharesAStatementAndGetsItsOwnMail() {
        var orders = List.of(mail(), mail(), mail(), UUID.randomUUID());
        var answers = read(orders);

        assertThat(statements).containsExactly(1, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(answers.get(i).join())
                    .map(found -> found.mail().orderId())
                    .contains(orders.get(i));
        }
        assertThat(answers.get(3).join()).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsSoForAllWhoReadAndForNobodyAfterThem() {
        isAway = true;
        var order = mail();
        for (var answer : read(List.of(order, order))) {
            assertThatThrownBy(answer::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("away");
        }
        isAway = false;

        assertThat(reading.find(new SendMail(order, OrderOutcome.CONFIRMED))).isPresent();
    }

    /** A row of a version after, for example. */
    @Test
    void aMailThatCannotBeReadKeepsNobodyElseFromTheirs() {
        var orders = List.of(mail(), mail(), mail());
        unreadable.add(orders.get(1));
        var answers = read(orders);

        assertThat(answers.get(0).join()).isPresent();
        assertThatThrownBy(() -> answers.get(1).join()).hasMessageContaining("unreadable");
        assertThat(answers.get(2).join()).isPresent();
    }

    /** Its work would be done with, and the mail never sent. */
    @Test
    void nobodyTakesAMailThatWasNotReadForOneThatIsNotThere() {
        isBroken = true;
        var order = mail();
        for (var answer : read(List.of(order, order, order))) {
            assertThatThrownBy(answer::join).hasStackTraceContaining("broken");
        }
    }

    /** The first holds up the others. */
    private List<CompletableFuture<Optional<NoticeRows.Addressed>>> read(List<UUID> orders) {
        List<CompletableFuture<Optional<NoticeRows.Addressed>>> answers = new ArrayList<>();
        for (var order : orders) {
            var answer = new CompletableFuture<Optional<NoticeRows.Addressed>>();
            answers.add(answer);
            Thread.startVirtualThread(() -> {
                try {
                    answer.complete(reading.find(new SendMail(order, OrderOutcome.CONFIRMED)));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            int begun = answers.size();
            await().until(() -> reading.asking() == begun);
        }
        held.countDown();
        answers.forEach(
                answer -> answer.exceptionally(failure -> Optional.empty()).join());
        return answers;
    }

    private void hold() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID mail() {
        var order = UUID.randomUUID();
        rows.recipients.put(order, new Recipient(order, "Ada", "ada@example.com", false));
        rows.saveMails(List.of(
                new Mail(order, OrderOutcome.CONFIRMED, Mail.State.DUE, Instant.EPOCH, new Facts(null, null, null))));
        return order;
    }
}
