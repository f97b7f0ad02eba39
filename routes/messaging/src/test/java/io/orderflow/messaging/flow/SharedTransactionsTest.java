package io.orderflow.messaging.flow;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Participant;
import io.orderflow.messaging.counter.CounterApp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Whoever sends through a flow's transaction waits for its commit, and shares it with who waits meanwhile. */
class SharedTransactionsTest {

    private static CounterApp app;

    @BeforeAll
    static void start() {
        app = new CounterApp(CounterApp.Place.fresh());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void messagesThatWaitTogetherShareATransactionAndOneThatFailsHurtsNobodyElse() {
        var producer = app.get(ProducerTemplate.class);
        var endpoint = Participant.transaction(INVENTORY, "shared");
        int before = app.counter().batches.size();

        List<CompletableFuture<Object>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                var text = (i % 50 == 7 ? "bad" : "good") + i;
                answers.add(
                        CompletableFuture.supplyAsync(() -> producer.requestBody(endpoint, (Object) text), threads));
            }
        }

        assertThat(answers.get(0).join()).isEqualTo("good0!");
        assertThatThrownBy(() -> answers.get(7).join())
                .hasCauseInstanceOf(CamelExecutionException.class)
                .hasRootCauseMessage("bad7");
        assertThat(answers.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(4);
        assertThat(app.count("select count(*) from inventory.effect where type like 'good%'"))
                .isEqualTo(196);
        assertThat(app.counter().batches.stream().skip(before)).anyMatch(size -> size > 1);
    }

    /** With a second transaction beside it each would have some of them, and both would commit more often. */
    @Test
    void allThatComesWhileOneCommitsSharesTheNext() {
        var producer = app.get(ProducerTemplate.class);
        var endpoint = Participant.transaction(INVENTORY, "shared");
        int before = app.counter().batches.size();
        var held = new CountDownLatch(1);
        app.counter().heldTexts.put("held", held);
        var first = Thread.ofPlatform().start(() -> producer.requestBody(endpoint, (Object) "held"));
        await().until(() -> app.counter().batches.size() > before);

        var others = IntStream.range(0, 30)
                .mapToObj(i -> Thread.ofPlatform().start(() -> producer.requestBody(endpoint, (Object) ("other" + i))))
                .toList();
        await().until(() -> others.stream().allMatch(SharedTransactionsTest::waitsForItsCommit));
        held.countDown();

        await().until(() -> Stream.concat(Stream.of(first), others.stream()).noneMatch(Thread::isAlive));
        assertThat(app.counter().batches.stream().skip(before)).containsExactly(1, 30);
    }

    private static boolean waitsForItsCommit(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(CompletableFuture.class.getName())
                        && frame.getMethodName().equals("join"));
    }

    @Test
    void whoeverWaitsForATransactionHearsOfNoSuccessBeforeItsCommit() {
        var database = app.place.database();
        new JdbcTemplate(new DriverManagerDataSource(database.url(), database.user(), "")).execute("""
                set role inventory_migrator;
                create function inventory.refuse() returns trigger language plpgsql as
                    $$ begin raise exception 'refused at the commit'; end $$;
                create constraint trigger refuse after insert on inventory.effect deferrable initially deferred
                    for each row when (new.type = 'late') execute function inventory.refuse()""");
        var producer = app.get(ProducerTemplate.class);
        var endpoint = Participant.transaction(INVENTORY, "shared");

        assertThatThrownBy(() -> producer.requestBody(endpoint, (Object) "late"))
                .hasStackTraceContaining("refused at the commit");
        assertThat(producer.requestBody(endpoint, (Object) "early")).isEqualTo("early!");
    }
}
