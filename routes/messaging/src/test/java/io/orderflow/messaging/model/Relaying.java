package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A service's outbox and its relays. Of one topic and order one event is under way at a time; what the broker has
 * acknowledged is known in memory only until its row is erased, so that a crash sends it again. What an instance has
 * stored that does not reach the broker is left behind, and another sweeps it.
 */
final class Relaying implements Actor {

    private static final Duration BEHIND = Duration.ofSeconds(2);
    private static final Duration SWEPT_AFTER = Duration.ofSeconds(5);

    private final Role role;
    private final Broker broker;
    private final ModelTime time;
    private final boolean erasesAtOnce;
    private final List<Row> outbox = new ArrayList<>();
    private final Map<UUID, Long> sequences = new HashMap<>();

    private record Row(String topic, Fact fact, Instant storedAt, boolean leftBehind, boolean acknowledged) {

        private Row acknowledged(boolean now) {
            return new Row(topic, fact, storedAt, leftBehind, now);
        }

        private Row found() {
            return new Row(topic, fact, storedAt, false, acknowledged);
        }

        private Instant sendableAt() {
            return leftBehind ? storedAt.plus(SWEPT_AFTER) : storedAt;
        }
    }

    private record Saved(List<Row> outbox, Map<UUID, Long> sequences) {}

    Relaying(Role role, Broker broker, ModelTime time, boolean erasesAtOnce) {
        this.role = role;
        this.broker = broker;
        this.time = time;
        this.erasesAtOnce = erasesAtOnce;
    }

    /**
     * Part of a transaction that commits.
     *
     * @param leftBehind whether the instance that commits it does not reach the broker
     */
    void store(Flows.Said said, boolean leftBehind) {
        long sequence = sequences.merge(said.event().orderId(), 1L, Long::sum);
        outbox.add(new Row(said.topic(), new Fact(role, sequence, said.event()), time.instant(), leftBehind, false));
    }

    @Override
    public void offer(Offers offers) {
        if (broker.isAway()) {
            return;
        }
        var heads = new HashSet<List<Object>>();
        for (var row : outbox) {
            if (row.acknowledged()) {
                offers.step(() -> role + " erases " + row.fact() + " from its outbox", () -> outbox.remove(row));
            } else if (heads.add(List.of(row.topic(), row.fact().event().orderId()))
                    && !row.sendableAt().isAfter(time.instant())) {
                offers.step(() -> role + " sends " + row.fact(), () -> send(row));
                offers.step(
                        Kind.DUPLICATE,
                        () -> role + " sends " + row.fact() + " and hears nothing",
                        () -> broker.append(row.topic(), row.fact()));
            }
        }
    }

    private void send(Row row) {
        broker.append(row.topic(), row.fact());
        if (erasesAtOnce) {
            outbox.remove(row);
        } else {
            outbox.set(outbox.indexOf(row), row.acknowledged(true));
        }
    }

    void crash() {
        outbox.replaceAll(row -> row.acknowledged(false));
    }

    /** Who did not reach the broker does again. */
    void found() {
        outbox.replaceAll(Row::found);
    }

    /** When the next row may be swept that may not now. */
    Optional<Instant> nextDue() {
        return outbox.stream()
                .map(Row::sendableAt)
                .filter(time.instant()::isBefore)
                .min(Instant::compareTo);
    }

    boolean isBehind() {
        var late = time.instant().minus(BEHIND);
        return outbox.stream()
                .anyMatch(row -> !row.acknowledged() && row.storedAt().isBefore(late));
    }

    boolean isEmpty() {
        return outbox.isEmpty();
    }

    @Override
    public Object save() {
        return new Saved(List.copyOf(outbox), Map.copyOf(sequences));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        outbox.clear();
        outbox.addAll(state.outbox());
        sequences.clear();
        sequences.putAll(state.sequences());
    }
}
