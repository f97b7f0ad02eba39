package io.orderflow.inventory;

import static io.orderflow.inventory.Reservation.State.CONFIRMED;
import static io.orderflow.inventory.Reservation.State.REJECTED;
import static io.orderflow.inventory.Reservation.State.RELEASED;
import static io.orderflow.inventory.Reservation.State.RESERVED;
import static io.orderflow.inventory.Reservation.State.SOLD;
import static io.orderflow.inventory.Told.NOW;
import static io.orderflow.inventory.Told.cancelled;
import static io.orderflow.inventory.Told.confirmed;
import static io.orderflow.inventory.Told.created;
import static io.orderflow.inventory.Told.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.contracts.Line;
import io.orderflow.contracts.Missing;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.messaging.Contradiction;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionsTest {

    private static final UUID ORDER = new UUID(0, 1);
    private static final Line TWO_MUGS = new Line("MUG", 2);
    private static final Line A_CAP = new Line("CAP", 1);
    private static final Map<String, StockItem> STOCK =
            Map.of("MUG", new StockItem("MUG", 5, 1, 7), "CAP", new StockItem("CAP", 3, 3, 0));
    private static final Reservation UNHEARD_OF = Reservation.unknown(ORDER);

    @Test
    void reservesEveryLine() {
        var decision = Decisions.reserve(created(ORDER, TWO_MUGS), UNHEARD_OF, STOCK, NOW);

        assertThat(decision.reservation()).isEqualTo(UNHEARD_OF.to(RESERVED, List.of(TWO_MUGS)));
        assertThat(decision.items()).isEqualTo(Map.of("MUG", new StockItem("MUG", 5, 3, 7)));
        assertThat(decision.says()).isEqualTo(new StockReserved(ORDER, NOW, List.of(TWO_MUGS)));
    }

    @Test
    void reservesNothingWhenOneLineIsMissingAndNamesEachMissingLine() {
        var wanted = created(ORDER, TWO_MUGS, A_CAP, new Line("HAT", 4));

        var decision = Decisions.reserve(wanted, UNHEARD_OF, STOCK, NOW);

        assertThat(decision.reservation()).isEqualTo(UNHEARD_OF.to(REJECTED));
        assertThat(decision.items()).isEmpty();
        assertThat(decision.says())
                .isEqualTo(new StockRejected(ORDER, NOW, List.of(new Missing("CAP", 1, 0), new Missing("HAT", 4, 0))));
    }

    @Test
    void countsAnArticleDownThatSeveralLinesAskFor() {
        var fits = Decisions.reserve(created(ORDER, TWO_MUGS, TWO_MUGS), UNHEARD_OF, STOCK, NOW);
        var doesNot = Decisions.reserve(created(ORDER, TWO_MUGS, TWO_MUGS, TWO_MUGS), UNHEARD_OF, STOCK, NOW);

        assertThat(fits.items()).isEqualTo(Map.of("MUG", new StockItem("MUG", 5, 5, 7)));
        assertThat(doesNot.items()).isEmpty();
        assertThat(doesNot.says()).isEqualTo(new StockRejected(ORDER, NOW, List.of(new Missing("MUG", 2, 0))));
    }

    @Test
    void sellsWhatIsReserved() {
        var decision = Decisions.sell(confirmed(ORDER), UNHEARD_OF.to(RESERVED, List.of(A_CAP)), STOCK);

        assertThat(decision.reservation()).isEqualTo(UNHEARD_OF.to(SOLD, List.of(A_CAP)));
        assertThat(decision.items()).isEqualTo(Map.of("CAP", new StockItem("CAP", 2, 2, 1)));
        assertThat(decision.says()).isNull();
    }

    @Test
    void remembersAConfirmationThatOvertakesItsOrderAndSellsWhenTheOrderComes() {
        var waiting = Decisions.sell(confirmed(ORDER), UNHEARD_OF, STOCK);
        var sold = Decisions.reserve(created(ORDER, TWO_MUGS), waiting.reservation(), STOCK, NOW);

        assertThat(waiting).isEqualTo(new Decision(UNHEARD_OF.to(CONFIRMED), Map.of(), null));
        assertThat(sold.reservation()).isEqualTo(UNHEARD_OF.to(SOLD, List.of(TWO_MUGS)));
        assertThat(sold.items()).isEqualTo(Map.of("MUG", new StockItem("MUG", 3, 1, 9)));
        assertThat(sold.says()).isEqualTo(new StockReserved(ORDER, NOW, List.of(TWO_MUGS)));
    }

    @Test
    void refusesAConfirmedOrderThatThereIsNoStockFor() {
        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> Decisions.reserve(created(ORDER, A_CAP), UNHEARD_OF.to(CONFIRMED), STOCK, NOW))
                .withMessageContaining("OrderCreated of order " + ORDER)
                .withMessageContaining("CAP");
    }

    @Test
    void givesBackWhatIsReserved() {
        var decision = Decisions.release(cancelled(ORDER), UNHEARD_OF.to(RESERVED, List.of(A_CAP)), STOCK, NOW);

        assertThat(decision.reservation()).isEqualTo(UNHEARD_OF.to(RELEASED, List.of(A_CAP)));
        assertThat(decision.items()).isEqualTo(Map.of("CAP", new StockItem("CAP", 3, 2, 0)));
        assertThat(decision.says()).isEqualTo(new StockReleased(ORDER, NOW, List.of(A_CAP)));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "REJECTED"})
    void answersACancellationAlsoWhereNothingIsHeld(Reservation.State state) {
        var decision = Decisions.release(cancelled(ORDER), UNHEARD_OF.to(state), STOCK, NOW);

        assertThat(decision)
                .isEqualTo(new Decision(UNHEARD_OF.to(RELEASED), Map.of(), new StockReleased(ORDER, NOW, List.of())));
    }

    @ParameterizedTest
    @EnumSource(names = {"RESERVED", "REJECTED", "SOLD", "RELEASED"})
    void anOrderThatComesAgainOrAfterItsEndChangesNothing(Reservation.State state) {
        var reservation = UNHEARD_OF.to(state, List.of(TWO_MUGS));

        assertThat(Decisions.reserve(created(ORDER, TWO_MUGS), reservation, STOCK, NOW))
                .isEqualTo(new Decision(reservation, Map.of(), null));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIRMED", "SOLD"})
    void aConfirmationThatComesAgainChangesNothing(Reservation.State state) {
        var reservation = UNHEARD_OF.to(state, List.of(TWO_MUGS));

        assertThat(Decisions.sell(confirmed(ORDER), reservation, STOCK))
                .isEqualTo(new Decision(reservation, Map.of(), null));
    }

    @Test
    void aCancellationThatComesAgainChangesNothing() {
        var reservation = UNHEARD_OF.to(RELEASED, List.of(TWO_MUGS));

        assertThat(Decisions.release(cancelled(ORDER), reservation, STOCK, NOW))
                .isEqualTo(new Decision(reservation, Map.of(), null));
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "RELEASED"})
    void refusesToSellWhatIsNotHeld(Reservation.State state) {
        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> Decisions.sell(confirmed(ORDER), UNHEARD_OF.to(state), STOCK))
                .withMessage(
                        "OrderConfirmed of order " + ORDER + ": its reservation is " + state + " (expected: RESERVED)");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIRMED", "SOLD"})
    void refusesToTakeBackASale(Reservation.State state) {
        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> Decisions.release(cancelled(ORDER), UNHEARD_OF.to(state), STOCK, NOW))
                .withMessage("OrderCancelled of order " + ORDER + ": its reservation is " + state
                        + " (expected: RESERVED or REJECTED)");
    }

    @Test
    void namesAnArticleThatAnOrderHoldsAndNobodyKeeps() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () -> Decisions.sell(confirmed(ORDER), UNHEARD_OF.to(RESERVED, List.of(TWO_MUGS)), Map.of()))
                .withMessageContaining("MUG");
    }

    @Test
    void takesADeliveryIn() {
        assertThat(Decisions.receive(delivery("a", "CAP", 4), STOCK))
                .isEqualTo(new Receipt.Received(new StockItem("CAP", 7, 3, 0)));
    }

    @Test
    void takesInNoArticleThatNobodyKeeps() {
        assertThat(Decisions.receive(delivery("a", "HAT", 4), STOCK)).isEqualTo(new Receipt.UnknownArticle("HAT"));
    }

    @Test
    void takesInNoMoreThanCanBeCounted() {
        var nearlyFull = Map.of("MUG", new StockItem("MUG", StockItem.MOST_PIECES - 10, 0, 6));

        assertThat(Decisions.receive(delivery("a", "MUG", 4), nearlyFull)).isInstanceOf(Receipt.Received.class);
        assertThat(Decisions.receive(delivery("a", "MUG", 5), nearlyFull)).isEqualTo(new Receipt.TooMuch("MUG", 4));
    }

    @Test
    void noFigureLeavesItsBounds() {
        var item = new StockItem("MUG", 5, 4, 0);

        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> item.reserve(2));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> item.release(5));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> item.sell(5));
    }
}
