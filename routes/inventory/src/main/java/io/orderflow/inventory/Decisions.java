package io.orderflow.inventory;

import static io.orderflow.inventory.Reservation.State.CONFIRMED;
import static io.orderflow.inventory.Reservation.State.REJECTED;
import static io.orderflow.inventory.Reservation.State.RELEASED;
import static io.orderflow.inventory.Reservation.State.RESERVED;
import static io.orderflow.inventory.Reservation.State.SOLD;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Missing;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.messaging.Contradiction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an order's events do to its reservation and to the stock, whatever arrives, in whatever order, however often.
 * Pure functions.
 *
 * <pre>
 *              OrderCreated                  OrderConfirmed   OrderCancelled
 * UNKNOWN      RESERVED + StockReserved      CONFIRMED        RELEASED + StockReleased (of nothing)
 *              or REJECTED + StockRejected
 * CONFIRMED    SOLD + StockReserved          -                contradiction
 *              or contradiction
 * RESERVED     -                             SOLD             RELEASED + StockReleased
 * REJECTED     -                             contradiction    RELEASED + StockReleased (of nothing)
 * SOLD         -                             -                contradiction
 * RELEASED     -                             contradiction    -
 * </pre>
 *
 * <p>So an order is answered at most once for being created and once for being cancelled, and no event leaves SOLD or
 * RELEASED. A contradiction changes nothing: inventory cannot know which of the two is true.
 */
final class Decisions {

    private Decisions() {}

    /** Sets every line aside, or none. */
    static Decision reserve(OrderCreated created, Reservation reservation, Map<String, StockItem> stock, Instant now) {
        return switch (reservation.state()) {
            case UNKNOWN -> reserveAllOrNone(created, reservation, stock, now);
            case CONFIRMED -> sellAtOnce(created, reservation, stock, now);
            case RESERVED, REJECTED, SOLD, RELEASED -> Decision.nothing(reservation);
        };
    }

    /** Turns what is reserved into a sale; where nothing is yet, the sale waits for the order's lines. */
    static Decision sell(OrderConfirmed confirmed, Reservation reservation, Map<String, StockItem> stock) {
        return switch (reservation.state()) {
            case UNKNOWN -> new Decision(reservation.to(CONFIRMED), Map.of(), null);
            case RESERVED ->
                new Decision(reservation.to(SOLD), moved(stock, reservation.lines(), StockItem::sell), null);
            case CONFIRMED, SOLD -> Decision.nothing(reservation);
            case REJECTED, RELEASED -> throw contradiction(confirmed, reservation, "RESERVED");
        };
    }

    /**
     * Compensates {@link #reserve}: gives back what is reserved, possibly nothing, and bars a later {@code
     * OrderCreated}.
     */
    static Decision release(
            OrderCancelled cancelled, Reservation reservation, Map<String, StockItem> stock, Instant now) {
        return switch (reservation.state()) {
            case UNKNOWN, RESERVED, REJECTED ->
                new Decision(
                        reservation.to(RELEASED),
                        moved(stock, reservation.lines(), StockItem::release),
                        new StockReleased(reservation.orderId(), now, reservation.lines()));
            case RELEASED -> Decision.nothing(reservation);
            case CONFIRMED, SOLD -> throw contradiction(cancelled, reservation, "RESERVED or REJECTED");
        };
    }

    /** Takes a delivery in; what cannot be taken in changes nothing. */
    static Receipt receive(Delivery delivery, Map<String, StockItem> stock) {
        var item = stock.get(delivery.sku());
        if (item == null) {
            return new Receipt.UnknownArticle(delivery.sku());
        }
        if (item.room() < delivery.quantity()) {
            return new Receipt.TooMuch(delivery.sku(), item.room());
        }
        return new Receipt.Received(item.receive(delivery.quantity()));
    }

    private static Decision reserveAllOrNone(
            OrderCreated created, Reservation reservation, Map<String, StockItem> stock, Instant now) {
        var missing = missing(stock, created.lines());
        if (!missing.isEmpty()) {
            return new Decision(reservation.to(REJECTED), Map.of(), new StockRejected(created.orderId(), now, missing));
        }
        return new Decision(
                reservation.to(RESERVED, created.lines()),
                moved(stock, created.lines(), StockItem::reserve),
                new StockReserved(created.orderId(), now, created.lines()));
    }

    /** The order is final already, so its stock has to be there; where it is not, an operator has to look. */
    private static Decision sellAtOnce(
            OrderCreated created, Reservation reservation, Map<String, StockItem> stock, Instant now) {
        var missing = missing(stock, created.lines());
        if (!missing.isEmpty()) {
            throw contradiction(created, reservation, "stock for a confirmed order, missing are " + missing);
        }
        Step takeOut = (item, quantity) -> item.reserve(quantity).sell(quantity);
        return new Decision(
                reservation.to(SOLD, created.lines()),
                moved(stock, created.lines(), takeOut),
                new StockReserved(created.orderId(), now, created.lines()));
    }

    /** The lines that fall short; an article that several lines ask for is counted down line by line. */
    private static List<Missing> missing(Map<String, StockItem> stock, List<Line> lines) {
        var missing = new ArrayList<Missing>();
        var left = new HashMap<String, Long>();
        for (var line : lines) {
            var item = stock.get(line.sku());
            long available = left.getOrDefault(line.sku(), item == null ? 0 : item.available());
            if (available < line.quantity()) {
                missing.add(new Missing(line.sku(), line.quantity(), available));
            } else {
                left.put(line.sku(), available - line.quantity());
            }
        }
        return missing;
    }

    private static Contradiction contradiction(Event event, Reservation reservation, String expected) {
        return new Contradiction(event, "its reservation is " + reservation.state(), expected);
    }

    private static Map<String, StockItem> moved(Map<String, StockItem> stock, List<Line> lines, Step step) {
        var moved = new HashMap<String, StockItem>();
        for (var line : lines) {
            var item = moved.containsKey(line.sku()) ? moved.get(line.sku()) : known(stock, line.sku());
            moved.put(line.sku(), step.of(item, line.quantity()));
        }
        return moved;
    }

    private static StockItem known(Map<String, StockItem> stock, String sku) {
        var item = stock.get(sku);
        if (item == null) {
            throw new IllegalStateException(
                    "article " + sku + ": unknown (expected: in stock_item, an order holds it)");
        }
        return item;
    }

    /** What {@link StockItem} can do: reserve, sell, release. */
    private interface Step {
        StockItem of(StockItem item, int quantity);
    }
}
