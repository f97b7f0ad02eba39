package io.orderflow.messaging.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Line;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.counter.CounterApp;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a stored event knows of those that must be ahead of it. */
class OutboxTest {

    /** A sweep may take the first of a transaction's events and leave the second for its next page. */
    @Test
    void anEventKnowsWhichOfItsOrderAndTopicMustBeAheadOfIt() {
        var order = UUID.randomUUID();
        var another = UUID.randomUUID();
        try (var app = new CounterApp(CounterApp.Place.fresh())) {
            var transactions = new TransactionTemplate(app.get(PlatformTransactionManager.class));

            var rows = transactions.execute(status -> {
                var outbox = app.backbone().tables().outbox();
                var first = outbox.store(List.of(released(order), released(another), released(order)))
                        .rows();
                var then = outbox.store(List.of(released(order), released(another), released(order)))
                        .rows();
                assertThat(first.get(2).predecessors())
                        .containsExactly(first.get(0).position());
                assertThat(first.get(1).predecessors()).isEmpty();
                assertThat(then.get(1).predecessors())
                        .containsExactly(first.get(1).position());
                assertThat(then.get(2).predecessors())
                        .containsExactlyInAnyOrder(
                                first.get(0).position(),
                                first.get(2).position(),
                                then.get(0).position());
                return first;
            });

            assertThat(rows.getFirst().predecessors()).isEmpty();
        }
    }

    private static Announced released(UUID order) {
        var event = new StockReleased(order, CounterApp.now(), List.of(new Line("mug", 1)));
        return new Announced(Topology.INVENTORY_EVENTS, event, null);
    }
}
