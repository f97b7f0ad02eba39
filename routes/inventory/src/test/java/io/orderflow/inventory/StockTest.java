package io.orderflow.inventory;

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
import io.orderflow.inventory.StockRows.Movement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockTest {

    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final Line TWO_MUGS = new Line("MUG", 2);

    private final StockInMemory rows = new StockInMemory().with("MUG", 3);
    private final Stock stock = new Stock(rows, Told.CLOCK);

    @Test
    void aLaterOrderOfABatchSeesWhatAnEarlierOneReserved() {
        var first = created(FIRST, TWO_MUGS);
        var second = created(SECOND, TWO_MUGS);

        stock.load(List.of(first, second));
        stock.reserve(first);
        var answer = stock.reserve(second);
        stock.flush();

        assertThat(answer).isEqualTo(new StockRejected(SECOND, NOW, List.of(new Missing("MUG", 2, 1))));
        assertThat(rows.item("MUG")).isEqualTo(new StockItem("MUG", 3, 2, 0));
    }

    @Test
    void aDeliveryOfABatchIsThereForALaterOrder() {
        var delivery = delivery("a", "MUG", 1);
        var order = created(FIRST, TWO_MUGS, TWO_MUGS);

        stock.load(List.of(delivery, order));
        stock.receive(delivery);
        stock.reserve(order);
        stock.flush();

        assertThat(rows.item("MUG")).isEqualTo(new StockItem("MUG", 4, 4, 0));
    }

    @Test
    void writesTheSumOfABatchOnceForEachArticle() {
        var orders = List.of(created(FIRST, new Line("MUG", 1)), confirmed(FIRST), created(SECOND, new Line("MUG", 1)));

        stock.load(orders);
        stock.reserve(created(FIRST, new Line("MUG", 1)));
        stock.sell(confirmed(FIRST));
        stock.reserve(created(SECOND, new Line("MUG", 1)));
        stock.flush();

        assertThat(rows.movements).containsExactly(new Movement("MUG", -1, 1, 1));
    }

    @Test
    void writesNoArticleThatABatchLeavesAsItWas() {
        stock.load(List.of(created(FIRST, TWO_MUGS), cancelled(FIRST)));
        stock.reserve(created(FIRST, TWO_MUGS));
        stock.release(cancelled(FIRST));
        stock.flush();

        assertThat(rows.movements).isEmpty();
        assertThat(rows.state(FIRST)).isEqualTo(Reservation.State.RELEASED);
    }

    @Test
    void takesADeliveryInOnceHoweverOftenItIsReported() {
        var delivery = delivery("a", "MUG", 5);

        stock.load(List.of(delivery, delivery));
        var receipt = stock.receive(delivery);
        var repeated = new Receipt.Repeated((Receipt.Received) receipt);
        assertThat(stock.receive(delivery)).isEqualTo(repeated);
        stock.flush();
        stock.load(List.of(delivery));
        assertThat(stock.receive(delivery)).isEqualTo(repeated);
        stock.flush();

        assertThat(receipt).isEqualTo(new Receipt.Received(new StockItem("MUG", 8, 0, 0)));
        assertThat(rows.item("MUG").onHand()).isEqualTo(8);
        rows.assertConserved();
    }

    @Test
    void refusesAnotherDeliveryUnderTheSameKey() {
        stock.load(List.of(delivery("a", "MUG", 5)));
        stock.receive(delivery("a", "MUG", 5));
        stock.flush();

        stock.load(List.of(delivery("a", "MUG", 6)));
        assertThat(stock.receive(delivery("a", "MUG", 6))).isEqualTo(new Receipt.KeyTaken());
        stock.flush();

        assertThat(rows.item("MUG").onHand()).isEqualTo(8);
    }

    @Test
    void decidesNothingOutsideATransaction() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> stock.sell(confirmed(FIRST)))
                .withMessageContaining("stock: not loaded");
    }

    @Test
    void forgetsWhatItLoadedWhenTheTransactionEnds() {
        stock.load(List.of());
        stock.clear();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(stock::flush);
    }
}
