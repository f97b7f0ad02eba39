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
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.messaging.Contradiction;
import io.orderflow.messaging.fixture.RouteFixture;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InventoryRoutesTest {

    private static final UUID ORDER = new UUID(0, 1);
    private static final Line TWO_MUGS = new Line("MUG", 2);
    private static final InventoryChannels CHANNELS = new InventoryChannels(
            "direct:order-events",
            "mock:inventory-events",
            "direct:new-articles",
            "direct:deliveries",
            "mock:article",
            "mock:articles");

    private final StockInMemory rows = new StockInMemory().with("MUG", 3);
    private final Stock stock = new Stock(rows, Told.CLOCK);

    @RegisterExtension
    final RouteFixture routes =
            RouteFixture.of(new InventoryRoutes(CHANNELS, stock)).with(stock);

    @Test
    void reservesForANewOrder() throws Exception {
        routes.mock("inventory-events").expectedBodiesReceived(new StockReserved(ORDER, NOW, List.of(TWO_MUGS)));

        routes.deliver("order-events", created(ORDER, TWO_MUGS));

        routes.assertSatisfied();
        assertThat(rows.item("MUG")).isEqualTo(new StockItem("MUG", 3, 2, 0));
    }

    @Test
    void rejectsWhatThereIsNotEnoughOf() throws Exception {
        routes.mock("inventory-events")
                .expectedBodiesReceived(new StockRejected(ORDER, NOW, List.of(new Missing("MUG", 4, 3))));

        routes.deliver("order-events", created(ORDER, new Line("MUG", 4)));

        routes.assertSatisfied();
        assertThat(rows.item("MUG").reserved()).isZero();
    }

    @Test
    void sellsWhatIsConfirmedAndSaysNothingMore() throws Exception {
        routes.mock("inventory-events").expectedMessageCount(1);

        routes.deliver("order-events", created(ORDER, TWO_MUGS));
        routes.deliver("order-events", confirmed(ORDER));

        routes.assertSatisfied();
        assertThat(rows.item("MUG")).isEqualTo(new StockItem("MUG", 1, 0, 2));
    }

    @Test
    void givesBackWhatIsCancelled() throws Exception {
        routes.mock("inventory-events")
                .expectedBodiesReceived(
                        new StockReserved(ORDER, NOW, List.of(TWO_MUGS)),
                        new StockReleased(ORDER, NOW, List.of(TWO_MUGS)));

        routes.deliver("order-events", created(ORDER, TWO_MUGS), cancelled(ORDER));

        routes.assertSatisfied();
        assertThat(rows.item("MUG")).isEqualTo(new StockItem("MUG", 3, 0, 0));
    }

    @Test
    void reservesOnceWhenOneMessageIsDeliveredTwice() throws Exception {
        routes.mock("inventory-events").expectedBodiesReceived(new StockReserved(ORDER, NOW, List.of(TWO_MUGS)), null);

        routes.deliver("order-events", created(ORDER, TWO_MUGS));
        routes.deliver("order-events", created(ORDER, TWO_MUGS));

        routes.assertSatisfied();
        assertThat(rows.item("MUG").reserved()).isEqualTo(2);
    }

    @Test
    void reservesNothingForAnOrderThatWasCancelledBeforeItCame() throws Exception {
        routes.mock("inventory-events").expectedBodiesReceived(new StockReleased(ORDER, NOW, List.of()), null);

        routes.deliver("order-events", cancelled(ORDER));
        routes.deliver("order-events", created(ORDER, TWO_MUGS));

        routes.assertSatisfied();
        assertThat(rows.item("MUG").reserved()).isZero();
    }

    @Test
    void handsAContradictionToTheBackboneAndKeepsTheSale() {
        routes.deliver("order-events", created(ORDER, TWO_MUGS), confirmed(ORDER));

        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> routes.deliver("order-events", cancelled(ORDER)));
        assertThat(rows.item("MUG")).isEqualTo(new StockItem("MUG", 1, 0, 2));
    }

    @Test
    void answersADeliveryWithItsReceipt() {
        stock.load(List.of(delivery("a", "MUG", 4)));
        var receipt = routes.ask("deliveries", delivery("a", "MUG", 4));
        var again = routes.ask("deliveries", delivery("a", "MUG", 4));
        stock.flush();
        stock.clear();

        var received = new Receipt.Received(new StockItem("MUG", 7, 0, 0));
        assertThat(receipt).isEqualTo(received);
        assertThat(again).isEqualTo(new Receipt.Repeated(received));
        assertThat(rows.item("MUG").onHand()).isEqualTo(7);
    }

    /** Also when both came in one batch. */
    @Test
    void keepsAnArticleBeforeItsFirstDelivery() {
        var delivery = delivery("a", "PEN", 4);
        var article = new NewArticle(delivery.call(), "PEN");

        stock.load(List.of(article, delivery, article));
        var added = routes.ask("new-articles", article);
        var receipt = routes.ask("deliveries", delivery);
        var again = routes.ask("new-articles", article);
        stock.flush();
        stock.clear();

        assertThat(added).isEqualTo(new StockItem("PEN", 0, 0, 0));
        assertThat(receipt).isEqualTo(new Receipt.Received(new StockItem("PEN", 4, 0, 0)));
        assertThat(again).isEqualTo(new StockItem("PEN", 4, 0, 0));
        assertThat(rows.item("PEN").onHand()).isEqualTo(4);
    }
}
