package io.orderflow.orders;

import static io.orderflow.orders.Told.ADA;
import static io.orderflow.orders.Told.NOW;
import static io.orderflow.orders.Told.TOTAL;
import static io.orderflow.orders.Told.completed;
import static io.orderflow.orders.Told.declined;
import static io.orderflow.orders.Told.line;
import static io.orderflow.orders.Told.pending;
import static io.orderflow.orders.Told.refunded;
import static io.orderflow.orders.Told.rejected;
import static io.orderflow.orders.Told.released;
import static io.orderflow.orders.Told.reserved;
import static io.orderflow.orders.Told.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.Role;
import io.orderflow.http.Caller;
import io.orderflow.http.WaitingRoom;
import io.orderflow.messaging.Contradiction;
import io.orderflow.messaging.Duty;
import io.orderflow.messaging.fixture.LeasesAt;
import io.orderflow.messaging.fixture.RouteFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersRoutesTest {

    private static final UUID ID = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final OrdersChannels CHANNELS = new OrdersChannels(
            "direct:payment-events",
            "direct:inventory-events",
            "mock:order-events",
            "mock:order-contacts",
            "direct:placements",
            "direct:cancellations",
            "direct:call-offs",
            "direct:deadlines",
            "direct:deadline-timer",
            "transaction:orders.erase-contacts",
            "direct:erasure-timer",
            "direct:erasure-wishes",
            "direct:watch-timer",
            "direct:unused");

    private final OrdersInMemory rows = new OrdersInMemory().selling("MUG", 1_290);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OrderStatesInMemory states = new OrderStatesInMemory();
    private final AwaitedOrders awaited = new AwaitedOrders(states);
    private final Orders orders = new Orders(rows, Told.CLOCK, new OrderMetrics(meters), awaited, (call, result) -> {});
    private final OpenOrdersInMemory open = new OpenOrdersInMemory();
    private final ProgressAt progress = new ProgressAt();
    private final Deadlines deadlines = new Deadlines(
            new Duty(new LeasesAt(), Role.ORDERS, "deadlines", Duration.ofSeconds(15)),
            progress,
            ids -> open.parked,
            open,
            Duration.ofMinutes(15));
    private static final EraseContacts ERASURE = new EraseContacts(Duration.ofDays(30), 2);
    private final SagaWatch watch = new SagaWatch(open, Duration.ofMinutes(20), Duration.ofMinutes(5), meters);

    @RegisterExtension
    final RouteFixture routes = RouteFixture.of(new OrdersRoutes(CHANNELS, orders, deadlines, ERASURE, watch))
            .with(orders);

    @Test
    void acceptsAnOrderAndAnnouncesItWithItsContactApart() throws Exception {
        var created = new OrderCreated(ID, NOW, "ada", TOTAL, List.of(new Line("MUG", 2)), "tok_visa");
        var placed = new Placed(
                new Placement.Accepted(ID, TOTAL),
                List.of(created, new OrderContact(ID, NOW, "Ada", "ada@example.org")));
        routes.mock("order-events").expectedBodiesReceived(placed);
        routes.mock("order-contacts").expectedBodiesReceived(placed);

        assertThat(answerTo("placements", wish(ID, "k-1"))).isEqualTo(placed);

        routes.assertSatisfied();
        assertThat(rows.added)
                .containsExactly(new OrderRows.NewOrder(
                        ID,
                        "ada",
                        new Placement.Accepted(ID, TOTAL),
                        List.of(new OrderRows.PricedLine("MUG", 2, 1_290))));
        assertThat(rows.history(ID)).containsExactly("OrderCreated PENDING");
        assertThat(meters.get("orders.accepted").counter().count()).isEqualTo(1);
    }

    /** In memory, once it is committed: nobody looks at the database meanwhile. */
    @Test
    void tellsThoseWhoWaitWhatItHasCommitted() {
        var pending = Told.pending(ID);
        rows.with(pending);
        states.put(pending, "OrderCreated");
        var calls = new AtomicInteger();
        var whileOneWaits = new WaitingRoom.Place() {
            @Override
            public boolean await(BooleanSupplier condition, Duration time) {
                assertThat(condition.getAsBoolean()).isFalse();
                answerTo("cancellations", new CancelOrder(ID, Told.ADA));
                return condition.getAsBoolean();
            }

            @Override
            public void call() {
                calls.incrementAndGet();
            }

            @Override
            public boolean isOpen() {
                return true;
            }
        };

        assertThat(awaited.await(
                        new OrderQuery(ID, "ada"),
                        order -> order.status() == Status.CANCELLED,
                        () -> Optional.of(whileOneWaits),
                        Duration.ZERO))
                .isTrue();
        assertThat(calls).hasValue(1);
        assertThat(states.looks).hasValue(1);
    }

    @Test
    void tellsAnAddressAsMailServersTakeIt() {
        var asked = wish(ID, "k-1");
        var customer = new OrderRequest.Customer("Zoë", "zoe@bücher.example");
        var lines = new ArrayList<>(asked.request().lines());
        var request = new OrderRequest("EUR", customer, lines, asked.request().payment());

        var placed = (Placed)
                answerTo("placements", new PlaceOrder(ID, asked.caller(), asked.key(), asked.bodyHash(), request));

        assertThat(placed.events()).contains(new OrderContact(ID, NOW, "Zoë", "zoe@xn--bcher-kva.example"));
    }

    @Test
    void answersTheSameWishWithTheFirstOrderAndSaysNothing() {
        var first = (Placed) answerTo("placements", wish(ID, "k-1"));

        var again = (Placed) answerTo("placements", wish(OTHER, "k-1"));

        assertThat(again.placement()).isEqualTo(first.placement());
        assertThat(again.events()).isEmpty();
        assertThat(rows.orders).containsOnlyKeys(ID);
    }

    @Test
    void takesOneOfTwoWishesWithTheSameKeyInOneBatch() {
        routes.deliver("placements", wish(ID, "k-1"), wish(OTHER, "k-1"));

        assertThat(rows.orders).containsOnlyKeys(ID);
    }

    @Test
    void refusesAnotherWishUnderTheSameKey() {
        answerTo("placements", wish(ID, "k-1"));

        assertThat(answerTo("placements", wish(OTHER, "k-1", line("MUG", 3))))
                .isEqualTo(Placed.nothing(new Placement.KeyTaken()));
        assertThat(rows.orders).containsOnlyKeys(ID);
    }

    @Test
    void acceptsTheNeighboursOfARefusedWish() {
        routes.deliver("placements", wish(ID, "k-1", line("NO-SUCH", 1)), wish(OTHER, "k-2"));

        assertThat(rows.orders).containsOnlyKeys(OTHER);
        assertThat(answerTo("placements", wish(ID, "k-1", line("NO-SUCH", 1))))
                .isInstanceOfSatisfying(
                        Placed.class, placed -> assertThat(placed.placement()).isInstanceOf(Placement.Refused.class));
    }

    @Test
    void confirmsWhenBothHaveAnswered() throws Exception {
        rows.with(pending(ID));
        routes.mock("order-events").expectedBodiesReceived(null, new OrderConfirmed(ID, NOW, TOTAL));

        routes.deliver("inventory-events", reserved(ID));
        routes.deliver("payment-events", completed(ID));

        routes.assertSatisfied();
        assertThat(rows.status(ID)).isEqualTo(Status.CONFIRMED);
        assertThat(rows.history(ID))
                .containsExactly("StockReserved PENDING", "PaymentCompleted PENDING", "OrderConfirmed CONFIRMED");
        assertThat(meters.get("orders.outcome")
                        .tag("outcome", "confirmed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("orders.end.to.end").timer().max(TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void seesInABatchWhatItsEarlierEventsDid() throws Exception {
        rows.with(pending(ID)).with(pending(OTHER));
        routes.mock("order-events")
                .expectedBodiesReceived(
                        new OrderCancelled(ID, NOW, CancellationReason.PAYMENT_DECLINED), null, null, null);

        routes.deliver("payment-events", declined(ID), declined(ID), Told.voided(ID), completed(OTHER));

        routes.assertSatisfied();
        assertThat(rows.history(ID))
                .containsExactly("PaymentDeclined PENDING", "OrderCancelled CANCELLED", "PaymentVoided CANCELLED");
    }

    @Test
    void cancelsWhatIsOutOfStockAndKnowsWhenThatIsSettled() throws Exception {
        rows.with(pending(ID));
        routes.mock("order-events")
                .expectedBodiesReceived(null, new OrderCancelled(ID, NOW, CancellationReason.OUT_OF_STOCK), null, null);

        routes.deliver("payment-events", completed(ID));
        routes.deliver("inventory-events", rejected(ID), released(ID));
        assertThat(rows.orders.get(ID).settled()).isFalse();
        routes.deliver("payment-events", refunded(ID));

        routes.assertSatisfied();
        assertThat(rows.orders.get(ID).settled()).isTrue();
    }

    @Test
    void recordsWhatIsDeliveredTwiceOnce() {
        rows.with(pending(ID));

        routes.deliver("payment-events", completed(ID));
        routes.deliver("payment-events", completed(ID));

        assertThat(rows.history(ID)).containsExactly("PaymentCompleted PENDING");
    }

    @Test
    void handsAnEventOfAnOrderThatNobodyPlacedToTheBackbone() {
        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> routes.deliver("payment-events", completed(ID)))
                .withMessageContaining("no such order");
    }

    @Test
    void handsAContradictionToTheBackboneAndKeepsTheOrder() {
        rows.with(pending(ID));
        routes.deliver("inventory-events", reserved(ID));
        routes.deliver("payment-events", completed(ID));

        assertThatExceptionOfType(Contradiction.class).isThrownBy(() -> routes.deliver("payment-events", refunded(ID)));
        assertThat(rows.status(ID)).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void cancelsForTheCustomerOnceAndSaysSoAgain() {
        rows.with(pending(ID));

        var first = (Cancellation) answerTo("cancellations", new CancelOrder(ID, ADA));
        var again = (Cancellation) answerTo("cancellations", new CancelOrder(ID, ADA));

        assertThat(first.events()).containsExactly(new OrderCancelled(ID, NOW, CancellationReason.CUSTOMER));
        assertThat(again.events()).isEmpty();
        assertThat(again.order()).isEqualTo(first.order());
        assertThat(rows.history(ID)).containsExactly("OrderCancelled CANCELLED");
    }

    @Test
    void leavesAConfirmedOrderAsItIs() {
        rows.with(pending(ID));
        routes.deliver("payment-events", completed(ID));
        routes.deliver("inventory-events", reserved(ID));

        var cancellation = (Cancellation) answerTo("cancellations", new CancelOrder(ID, ADA));

        assertThat(cancellation.events()).isEmpty();
        assertThat(cancellation.order().status()).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void doesNotKnowTheOrderOfAnotherCaller() {
        rows.with(pending(ID));

        assertThat(answerTo("cancellations", new CancelOrder(ID, new Caller("eve"))))
                .isEqualTo(Cancellation.ofUnknown());
        assertThat(rows.status(ID)).isEqualTo(Status.PENDING);
    }

    @Test
    void cancelsWhatHasWaitedTooLong() throws Exception {
        rows.with(pending(ID));
        routes.mock("order-events")
                .expectedBodiesReceived(new OrderCancelled(ID, NOW, CancellationReason.DEADLINE), null);

        routes.deliver("deadlines", new DeadlinePassed(ID), new DeadlinePassed(OTHER));

        routes.assertSatisfied();
        assertThat(rows.orders.get(ID).reason()).isEqualTo(CancellationReason.DEADLINE);
    }

    @Test
    void leavesWhatIsFinalWhenTheDeadlineComes() throws Exception {
        rows.with(pending(ID).confirmed());
        routes.mock("order-events").expectedBodiesReceived((Object) null);

        routes.deliver("deadlines", new DeadlinePassed(ID));

        routes.assertSatisfied();
        assertThat(rows.status(ID)).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void sendsEachOrderWhoseTimeIsUpThroughItsOwnTransaction() throws Exception {
        open.pending(ID, NOW.minus(Duration.ofMinutes(20)));
        open.pending(OTHER, NOW.minus(Duration.ofMinutes(16)));
        rows.with(pending(ID)).with(pending(OTHER));
        progress.caughtUpTo = NOW;
        routes.mock("order-events").expectedMessageCount(2);

        orders.load(List.of(new DeadlinePassed(ID), new DeadlinePassed(OTHER)));
        routes.ask("deadline-timer", null);
        orders.flush();
        orders.clear();

        routes.assertSatisfied();
        assertThat(rows.status(ID)).isEqualTo(Status.CANCELLED);
        assertThat(rows.status(OTHER)).isEqualTo(Status.CANCELLED);
    }

    @Test
    void erasesTheContactsOfOrdersThatWereSettledLongAgoOnce() {
        rows.with(pending(ID).confirmed()).with(pending(OTHER).confirmed());
        rows.settledFor.put(ID, Duration.ofDays(31));
        rows.settledFor.put(OTHER, Duration.ofDays(29));

        routes.ask("erasure-timer", null);
        routes.ask("erasure-timer", null);

        assertThat(contactsSaid()).containsExactly(List.of(new ContactErased(ID, NOW)), List.of());
        assertThat(rows.erased).containsExactly(ID);
        assertThat(rows.history(ID)).containsExactly("ContactErased CONFIRMED");
    }

    @Test
    void erasesNoContactTwiceInOneTransaction() {
        rows.with(pending(ID).confirmed());
        rows.settledFor.put(ID, Duration.ofDays(31));

        routes.transact("orders.erase-contacts", ERASURE, ERASURE);

        assertThat(contactsSaid()).containsExactly(List.of(new ContactErased(ID, NOW)), List.of());
    }

    @Test
    void countsWhatIsUnderWay() {
        open.counts = new OpenOrders.Counts(7, 2, 3, 1);

        routes.ask("watch-timer", null);

        assertThat(meters.get("saga.active").tag("state", "pending").gauge().value())
                .isEqualTo(7);
        assertThat(meters.get("saga.active").tag("state", "settling").gauge().value())
                .isEqualTo(3);
        assertThat(meters.get("orders.stuck").gauge().value()).isEqualTo(2);
        assertThat(meters.get("orders.unsettled").gauge().value()).isEqualTo(1);
    }

    private List<Object> contactsSaid() {
        return routes.mock("order-contacts").getExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody())
                .toList();
    }

    /** What the flow answers to one message in a transaction of its own. */
    private Object answerTo(String channel, Object message) {
        try {
            orders.load(List.of(message));
            var answer = routes.ask(channel, message);
            orders.flush();
            orders.committed();
            return answer;
        } finally {
            orders.clear();
        }
    }
}
