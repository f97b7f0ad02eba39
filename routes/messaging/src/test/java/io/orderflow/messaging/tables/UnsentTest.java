package io.orderflow.messaging.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The table is asked for what this process cannot know, and for nothing else. {@code LanesTest} sees the order. */
class UnsentTest {

    private final Unsent unsent = new Unsent();
    private final UUID order = UUID.randomUUID();
    private final Set<UUID> asked = new HashSet<>();
    private long position;

    @Test
    void whatThisProcessHasStoredAndErasedIsNotLookedFor() {
        var first = says(order, 0, ReadAt.now());
        assertThat(before(order, 1)).containsExactly(first.position());
        unsent.erased(List.of(first));

        assertThat(before(order, 1)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whoeverElseMayHaveSpokenIsLookedFor() {
        unsent.erased(List.of(says(order, 0, ReadAt.now())));

        assertThat(before(order, 2)).containsExactly(-1L);
        assertThat(asked).containsExactly(order);
    }

    @Test
    void whatMayBeErasedByAnotherIsLookedForTheNextTime() {
        says(order, 0, ReadAt.now());
        says(order, 1, ReadAt.now());

        assertThat(asked).isEmpty();
        assertThat(before(order, 2)).containsExactly(-1L);
    }

    @Test
    void whatWasKnownLongAgoIsLookedFor() {
        unsent.erased(List.of(says(order, 0, ReadAt.now().minus(Duration.ofMinutes(11)))));

        assertThat(before(order, 1)).containsExactly(-1L);
    }

    @Test
    void theLatestOrdersAreKnown() {
        List<UUID> orders = new ArrayList<>();
        for (int i = 0; i <= Unsent.ORDERS; i++) {
            orders.add(UUID.randomUUID());
            unsent.erased(List.of(says(orders.getLast(), 0, ReadAt.now())));
        }

        orders.forEach(one -> before(one, 1));
        assertThat(asked).containsExactly(orders.getFirst());
    }

    private OutboxRow says(UUID about, long number, ReadAt read) {
        var before = unsent.before(Map.of(about, number), this::inTable);
        var row = new OutboxRow(
                ++position,
                about,
                "events",
                about,
                "Any",
                "{}",
                null,
                Instant.EPOCH,
                before.of("events", about, List.of()),
                read);
        unsent.committed(before, List.of(row));
        return row;
    }

    private List<Long> before(UUID about, long number) {
        return unsent.before(Map.of(about, number), this::inTable).of("events", about, List.of());
    }

    private List<Unsent.Event> inTable(Collection<UUID> orders) {
        asked.addAll(orders);
        return orders.stream().map(one -> new Unsent.Event(one, "events", -1)).toList();
    }
}
