package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of orders for a few articles, their events interleaved, repeated, batched and rolled back at random, while
 * deliveries come in. The orders behave as the real ones: they confirm what was reserved, and cancel what was not or
 * what the customer does not want any more. A failure names the seed; the same seed is the same run.
 */
class InterleavedOrdersTest {

    private static final int ORDERS = 3_000;
    private static final List<String> SKUS = List.of("CAP", "HAT", "MUG", "PEN");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void stockIsConservedAfterEveryTransactionAndNothingIsHeldAtTheEnd(long seed) {
        var run = new Run(seed);

        run.toTheEnd();

        assertThat(run.rows.items.values()).as("seed " + seed).allMatch(item -> item.reserved() == 0);
        assertThat(run.rows.reservations.values())
                .as("seed " + seed)
                .hasSize(ORDERS)
                .allMatch(one -> Set.of(Reservation.State.SOLD, Reservation.State.RELEASED)
                        .contains(one.state()));
        assertThat(run.answers).as("seed " + seed).allSatisfy((order, answers) -> {
            assertThat(answers.stream().filter(StockReleased.class::isInstance).count())
                    .isEqualTo(run.rows.state(order) == Reservation.State.RELEASED ? 1 : 0);
            assertThat(answers.stream()
                            .filter(answer -> !(answer instanceof StockReleased))
                            .count())
                    .isLessThanOrEqualTo(1);
        });
        assertThat(run.rejected)
                .as("orders that came when there was nothing left, seed " + seed)
                .isPositive();
        assertThat(run.rows.items.values()).as("seed " + seed).allMatch(item -> item.sold() > 0);
    }

    private static final class Run {

        final Random random;
        final StockInMemory rows = new StockInMemory();
        final Stock stock = new Stock(rows, Told.CLOCK);
        final Map<UUID, List<Event>> answers = new HashMap<>();
        final List<Deque<Event>> partitions = new ArrayList<>();
        int rejected;
        int deliveries;

        Run(long seed) {
            random = new Random(seed);
            SKUS.forEach(sku -> rows.with(sku, 40));
            for (int i = 0; i < 3; i++) {
                partitions.add(new ArrayDeque<>());
            }
        }

        void toTheEnd() {
            for (int i = 1; i <= ORDERS; i++) {
                var order = new UUID(0, i);
                say(cancelsFirst() ? Told.cancelled(order) : created(order));
                if (random.nextInt(4) == 0) {
                    step();
                }
                if (random.nextInt(10) == 0) {
                    deliver();
                }
            }
            while (partitions.stream().anyMatch(events -> !events.isEmpty())) {
                step();
            }
        }

        private boolean cancelsFirst() {
            return random.nextInt(20) == 0;
        }

        private OrderCreated created(UUID order) {
            var lines = new ArrayList<Line>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                lines.add(new Line(SKUS.get(random.nextInt(SKUS.size())), 1 + random.nextInt(3)));
            }
            return Told.created(order, lines.toArray(Line[]::new));
        }

        /** One event, sometimes twice: with its order's others on one partition, in their order. */
        private void say(Event event) {
            var partition = partitions.get((int) (event.orderId().getLeastSignificantBits() % partitions.size()));
            for (int i = random.nextInt(5) == 0 ? 2 : 1; i > 0; i--) {
                partition.add(event);
            }
        }

        /** A batch of a partition's events, rolled back and delivered again now and then. */
        private void step() {
            var partition = partitions.get(random.nextInt(partitions.size()));
            var batch = new ArrayList<Event>();
            for (int i = 1 + random.nextInt(20); i > 0 && !partition.isEmpty(); i--) {
                batch.add(partition.poll());
            }
            while (random.nextInt(5) == 0) {
                transact(batch, false);
            }
            transact(batch, true).forEach(this::answered);
        }

        private List<Event> transact(List<Event> batch, boolean commit) {
            try {
                stock.load(batch);
                var said = batch.stream()
                        .map(this::hear)
                        .filter(event -> event != null)
                        .toList();
                if (commit) {
                    stock.flush();
                }
                return said;
            } finally {
                stock.clear();
                rows.assertConserved();
            }
        }

        private Event hear(Event event) {
            return switch (event) {
                case OrderCreated created -> stock.reserve(created);
                case OrderCancelled cancelled -> stock.release(cancelled);
                default -> {
                    stock.sell((OrderConfirmed) event);
                    yield null;
                }
            };
        }

        /** What orders makes of inventory's answer. */
        private void answered(Event answer) {
            answers.computeIfAbsent(answer.orderId(), order -> new ArrayList<>())
                    .add(answer);
            switch (answer) {
                case StockReserved reserved ->
                    say(random.nextInt(3) == 0 ? Told.cancelled(answer.orderId()) : Told.confirmed(answer.orderId()));
                case StockRejected rejection -> {
                    rejected++;
                    say(Told.cancelled(answer.orderId()));
                }
                default -> {
                    if (random.nextBoolean()) {
                        say(created(answer.orderId()));
                    }
                }
            }
        }

        private void deliver() {
            var delivery =
                    Told.delivery("key " + deliveries++, SKUS.get(random.nextInt(SKUS.size())), 1 + random.nextInt(20));
            stock.load(List.of(delivery));
            stock.receive(delivery);
            stock.flush();
            stock.clear();
            rows.assertConserved();
        }
    }
}
