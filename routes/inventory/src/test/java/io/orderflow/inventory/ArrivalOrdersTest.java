package io.orderflow.inventory;

import static io.orderflow.inventory.Reservation.State.CONFIRMED;
import static io.orderflow.inventory.Reservation.State.REJECTED;
import static io.orderflow.inventory.Reservation.State.RELEASED;
import static io.orderflow.inventory.Reservation.State.RESERVED;
import static io.orderflow.inventory.Reservation.State.SOLD;
import static io.orderflow.inventory.Reservation.State.UNKNOWN;
import static io.orderflow.inventory.Told.cancelled;
import static io.orderflow.inventory.Told.confirmed;
import static io.orderflow.inventory.Told.created;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.messaging.Contradiction;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every story that can be told about one order: its three events in all orders, with all repetitions and omissions, up
 * to five deliveries, also those that contradict each other. Each is told event by event and as one batch, to a
 * warehouse that has enough and to one that has not.
 */
class ArrivalOrdersTest {

    private static final UUID ORDER = new UUID(0, 1);
    private static final int LONGEST = 5;
    private static final List<Event> EVENTS =
            List.of(created(ORDER, new Line("MUG", 2), new Line("CAP", 1)), confirmed(ORDER), cancelled(ORDER));

    static Stream<List<Event>> stories() {
        var stories = new ArrayList<List<Event>>(List.of(List.of()));
        for (int i = 0; i < stories.size(); i++) {
            var story = stories.get(i);
            if (story.size() < LONGEST) {
                EVENTS.forEach(event -> stories.add(
                        Stream.concat(story.stream(), Stream.of(event)).toList()));
            }
        }
        return stories.stream();
    }

    static Stream<List<Event>> storiesWithoutContradiction() {
        return stories().filter(story -> !(has(story, OrderConfirmed.class) && has(story, OrderCancelled.class)));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void endsAsItsEventsSayWhereThereIsEnough(List<Event> story) {
        var warehouse = new Warehouse(2);

        warehouse.hears(story);

        assertThat(warehouse.rows.state(ORDER)).isEqualTo(endWithEnough(story));
        assertThat(warehouse.said(StockRejected.class)).isZero();
        assertThat(warehouse.said(StockReserved.class)).isEqualTo(createdBeforeCancelled(story) ? 1 : 0);
        assertThat(warehouse.said(StockReleased.class)).isEqualTo(endWithEnough(story) == RELEASED ? 1 : 0);
        assertThat(warehouse.rows.item("MUG").sold()).isEqualTo(endWithEnough(story) == SOLD ? 2 : 0);
        assertThat(warehouse.rows.item("MUG").reserved()).isEqualTo(endWithEnough(story) == RESERVED ? 2 : 0);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void movesNothingWhereOneLineIsMissing(List<Event> story) {
        var warehouse = new Warehouse(0);

        warehouse.hears(story);

        assertThat(warehouse.rows.movements).isEmpty();
        assertThat(warehouse.rows.state(ORDER)).isEqualTo(endWithoutEnough(story));
        assertThat(warehouse.said(StockReserved.class)).isZero();
        assertThat(warehouse.said(StockRejected.class)).isEqualTo(first(story) instanceof OrderCreated ? 1 : 0);
        assertThat(warehouse.said(StockReleased.class)).isEqualTo(endWithoutEnough(story) == RELEASED ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("storiesWithoutContradiction")
    void endsTheSameAsOneBatch(List<Event> story) {
        var oneByOne = new Warehouse(2);
        var asOneBatch = new Warehouse(2);

        oneByOne.hears(story);
        asOneBatch.hearsAtOnce(story);

        assertThat(oneByOne.refused).isZero();
        assertThat(asOneBatch.said).isEqualTo(oneByOne.said);
        assertThat(asOneBatch.rows.items).isEqualTo(oneByOne.rows.items);
        assertThat(asOneBatch.rows.state(ORDER)).isEqualTo(oneByOne.rows.state(ORDER));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void refusesWhatContradictsAndNothingElse(List<Event> story) {
        var warehouse = new Warehouse(2);

        warehouse.hears(story);

        var contradicting = firstFinal(story) instanceof OrderConfirmed ? OrderCancelled.class : OrderConfirmed.class;
        var contradicted =
                story.stream().dropWhile(event -> event != firstFinal(story)).toList();
        assertThat(warehouse.refused)
                .isEqualTo(
                        contradicted.stream().filter(contradicting::isInstance).count());
    }

    /** With enough in stock the first of confirmation and cancellation decides, wherever the order itself stands. */
    private static Reservation.State endWithEnough(List<Event> story) {
        return switch (firstFinal(story)) {
            case OrderCancelled cancelled -> RELEASED;
            case OrderConfirmed confirmed -> has(story, OrderCreated.class) ? SOLD : CONFIRMED;
            case null, default -> has(story, OrderCreated.class) ? RESERVED : UNKNOWN;
        };
    }

    /** Without, an order that comes first is rejected, and only a cancellation leads on from there. */
    private static Reservation.State endWithoutEnough(List<Event> story) {
        return switch (first(story)) {
            case OrderCreated created -> has(story, OrderCancelled.class) ? RELEASED : REJECTED;
            case OrderCancelled cancelled -> RELEASED;
            case OrderConfirmed confirmed -> CONFIRMED;
            case null, default -> UNKNOWN;
        };
    }

    private static boolean createdBeforeCancelled(List<Event> story) {
        return has(story, OrderCreated.class)
                && !(firstFinal(story) instanceof OrderCancelled && first(without(story)) instanceof OrderCancelled);
    }

    /** The story without confirmations. */
    private static List<Event> without(List<Event> story) {
        return story.stream()
                .filter(event -> !(event instanceof OrderConfirmed))
                .toList();
    }

    private static boolean has(List<Event> story, Class<? extends Event> type) {
        return story.stream().anyMatch(type::isInstance);
    }

    private static Event first(List<Event> story) {
        return story.isEmpty() ? null : story.getFirst();
    }

    private static Event firstFinal(List<Event> story) {
        return first(
                story.stream().filter(event -> !(event instanceof OrderCreated)).toList());
    }

    /** A warehouse with so many mugs, a cap, and a backbone that parks what is refused. */
    private static final class Warehouse {

        final StockInMemory rows;
        final Stock stock;
        final List<Event> said = new ArrayList<>();
        int refused;

        Warehouse(long mugs) {
            rows = new StockInMemory().with("MUG", mugs).with("CAP", 1);
            stock = new Stock(rows, Told.CLOCK);
        }

        void hears(List<Event> story) {
            for (var event : story) {
                try {
                    hearsAtOnce(List.of(event));
                } catch (Contradiction e) {
                    refused++;
                }
                rows.assertConserved();
            }
        }

        void hearsAtOnce(List<Event> batch) {
            try {
                stock.load(batch);
                var announced = batch.stream()
                        .map(this::tell)
                        .filter(event -> event != null)
                        .toList();
                stock.flush();
                said.addAll(announced);
            } finally {
                stock.clear();
            }
        }

        long said(Class<? extends Event> type) {
            return said.stream().filter(type::isInstance).count();
        }

        private Event tell(Event event) {
            return switch (event) {
                case OrderCreated created -> stock.reserve(created);
                case OrderCancelled cancelled -> stock.release(cancelled);
                default -> {
                    stock.sell((OrderConfirmed) event);
                    yield null;
                }
            };
        }
    }
}
