package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.console.ConsoleApp.Told;
import io.orderflow.console.Story.Awaited;
import io.orderflow.console.Story.State;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.EventParked;
import io.orderflow.messaging.Origin;
import io.orderflow.messaging.Origin.Manner;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final UUID ORDER = UUID.randomUUID();

    @Test
    void aNewOrderWaitsForPaymentsAndInventory() {
        assertThat(told(Sagas.refunded(ORDER), "OrderCreated").waits())
                .containsExactly(
                        new Awaited("payments", List.of("PaymentCompleted", "PaymentDeclined"), Sagas.NOON),
                        new Awaited("inventory", List.of("StockReserved", "StockRejected"), Sagas.NOON));
    }

    @Test
    void oneNoIsEnoughForOrdersToCallItOff() {
        var story = told(Sagas.refunded(ORDER), "OrderCreated", "StockRejected");

        assertThat(story.state()).isEqualTo(State.PENDING);
        assertThat(story.waits())
                .containsExactly(new Awaited("orders", List.of("OrderCancelled"), Sagas.NOON.plusSeconds(1)));
    }

    @Test
    void aConfirmationWaitsForBothAnswers() {
        var saga = Sagas.confirmed(ORDER);

        assertThat(told(saga, "OrderCreated", "PaymentCompleted").waits())
                .extracting(Awaited::service)
                .containsExactly("inventory");
        assertThat(told(saga, "OrderCreated", "PaymentCompleted", "StockReserved")
                        .waits())
                .containsExactly(new Awaited("orders", List.of("OrderConfirmed"), Sagas.NOON.plusSeconds(2)));
        assertThat(told(saga, "OrderCreated", "PaymentCompleted", "StockReserved", "OrderConfirmed"))
                .extracting(Story::state, Story::waits, Story::waitingSince)
                .containsExactly(State.CONFIRMED, List.of(), null);
    }

    @Test
    void aCancellationIsOverWhenBothHaveAnsweredIt() {
        var saga = Sagas.refunded(ORDER);
        var cancelled = told(saga, "OrderCreated", "PaymentCompleted", "StockRejected", "OrderCancelled");

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.reason()).isEqualTo("OUT_OF_STOCK");
        assertThat(cancelled.waits())
                .containsExactly(
                        new Awaited("payments", List.of("PaymentRefunded", "PaymentVoided"), Sagas.NOON.plusSeconds(3)),
                        new Awaited("inventory", List.of("StockReleased"), Sagas.NOON.plusSeconds(3)));
        assertThat(told(saga, "OrderCreated", "OrderCancelled", "StockReleased").waits())
                .extracting(Awaited::service)
                .containsExactly("payments");
        assertThat(Decisions.story(ORDER, chapters(saga)).waits()).isEmpty();
    }

    @Test
    void whatComesBeforeTheBeginningWaitsForIt() {
        assertThat(told(Sagas.confirmed(ORDER), "PaymentCompleted"))
                .extracting(Story::state, Story::waits)
                .containsExactly(
                        State.UNKNOWN,
                        List.of(new Awaited("orders", List.of("OrderCreated"), Sagas.NOON.plusSeconds(2))));
    }

    @Test
    void anOrderOfWhichOnlyDeadLettersSpeakWaitsForNothing() {
        var parked = parked("payments");

        assertThat(Decisions.story(ORDER, List.of(parked)))
                .extracting(Story::state, Story::waits)
                .containsExactly(State.UNKNOWN, List.of());
        assertThat(Decisions.parkedBy("payments", List.of(parked))).containsExactly(parked);
        assertThat(Decisions.parkedBy("orders", List.of(parked))).isEmpty();
    }

    @Test
    void whatLedToAnEventIsTheLastThatItNeeded() {
        assertThat(causes(Sagas.confirmed(ORDER)))
                .containsExactlyInAnyOrder(
                        "OrderCreated <- nothing",
                        "PaymentCompleted <- OrderCreated",
                        "StockReserved <- OrderCreated",
                        "OrderConfirmed <- PaymentCompleted");
        assertThat(causes(Sagas.refunded(ORDER)))
                .contains(
                        "OrderCancelled <- StockRejected",
                        "PaymentRefunded <- OrderCancelled, undoes PaymentCompleted",
                        "StockReleased <- OrderCancelled");
        assertThat(causes(Sagas.declined(ORDER)))
                .contains(
                        "OrderCancelled <- PaymentDeclined",
                        "PaymentVoided <- OrderCancelled",
                        "StockReleased <- OrderCancelled, undoes StockReserved");
    }

    private static List<String> causes(List<Told> saga) {
        var all = chapters(saga);
        return all.stream()
                .map(chapter -> chapter.type() + " <- "
                        + Decisions.causeOf(chapter, all).map(Chapter::type).orElse("nothing")
                        + Decisions.undoneBy(chapter, all)
                                .map(undone -> ", undoes " + undone.type())
                                .orElse(""))
                .toList();
    }

    private static Story told(List<Told> saga, String... types) {
        return Decisions.story(
                ORDER,
                chapters(saga).stream()
                        .filter(chapter -> List.of(types).contains(chapter.type()))
                        .toList());
    }

    private static List<Chapter> chapters(List<Told> saga) {
        return saga.stream().map(told -> chapter(told.event(), "order_events")).toList();
    }

    private static Chapter parked(String service) {
        return chapter(
                new EventParked(
                        ORDER, Sagas.NOON, service, UUID.randomUUID(), "order_events", 3, 7, "FAILED", "0".repeat(64)),
                "dead_letters");
    }

    /** Published when it occurred. */
    private static Chapter chapter(Event event, String topic) {
        Instant at = event.occurredAt();
        return Chapter.of(event, new Origin(UUID.randomUUID(), topic, 0, 0, at, Manner.ARRIVED), null);
    }

    @Test
    void aTimeThatIsNoneIsLeftOut() {
        var event = Sagas.pending(ORDER).getFirst().event();

        assertThat(Stream.of(Instant.ofEpochMilli(Long.MAX_VALUE), Sagas.NOON)
                        .map(at -> new Origin(UUID.randomUUID(), "order_events", 0, 0, at, Manner.ARRIVED))
                        .map(origin -> Chapter.of(event, origin, null).publishedAt()))
                .containsExactly(null, Sagas.NOON);
    }
}
