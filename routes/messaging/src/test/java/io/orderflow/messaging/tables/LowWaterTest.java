package io.orderflow.messaging.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No row is hidden by a mark, in very many interleavings of transactions that end when they like. */
class LowWaterTest {

    private static final int RUNS = System.getProperty("campaign") == null ? 20_000 : 1_000_000;

    @Test
    void nothingIsBelowItHoweverLateTransactionsCommit() {
        for (long seed = 0; seed < RUNS; seed++) {
            assertThat(new Table(seed).run()).as("seed %d", seed).isNull();
        }
    }

    @Test
    void itFollowsWhatIsDeleted() {
        var table = new Table(1);
        for (int i = 0; i < 10; i++) {
            table.begin();
            table.draw(table.running.getFirst());
            table.end(table.running.getFirst(), true);
        }
        table.deleteAll();
        for (int i = 0; i < 3; i++) {
            table.look(false);
        }

        assertThat(table.mark.position()).isEqualTo(11);
    }

    /** A table, its sequence, and the transactions that draw from it. */
    private static final class Table {

        private final Random random;
        private final LowWater mark = new LowWater();
        private final List<Transaction> running = new ArrayList<>();
        private final TreeSet<Long> visible = new TreeSet<>();
        private long drawn;
        private long next = 1;

        private record Transaction(long id, List<Long> positions) {}

        private Table(long seed) {
            this.random = new Random(seed);
        }

        private String run() {
            for (int i = 0; i < 60; i++) {
                step();
                long lowest = Math.min(
                        visible.isEmpty() ? Long.MAX_VALUE : visible.first(),
                        running.stream()
                                .flatMap(one -> one.positions().stream())
                                .mapToLong(one -> one)
                                .min()
                                .orElse(Long.MAX_VALUE));
                if (lowest < mark.position()) {
                    return lowest + " is below " + mark.position();
                }
            }
            return null;
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> begin();
                case 2, 3 -> any(this::draw);
                case 4 -> any(one -> end(one, random.nextInt(4) > 0));
                case 5 -> visible.removeIf(position -> random.nextInt(2) == 0);
                default -> look(random.nextInt(3) == 0);
            }
        }

        private void any(Consumer<Transaction> step) {
            if (!running.isEmpty()) {
                step.accept(running.get(random.nextInt(running.size())));
            }
        }

        private void begin() {
            running.add(new Transaction(next++, new ArrayList<>()));
        }

        private void draw(Transaction transaction) {
            transaction.positions().add(++drawn);
        }

        private void end(Transaction transaction, boolean commits) {
            running.remove(transaction);
            if (commits) {
                visible.addAll(transaction.positions());
            }
        }

        private void deleteAll() {
            visible.clear();
        }

        /** The sequence is read after the snapshot was taken, and much may happen between. */
        private void look(boolean busy) {
            var lowest = visible.ceiling(mark.position());
            long oldest = running.stream().mapToLong(Transaction::id).min().orElse(next);
            long first = next;
            if (busy) {
                begin();
                any(this::draw);
            }
            mark.saw(lowest, drawn, oldest, first);
        }
    }
}
