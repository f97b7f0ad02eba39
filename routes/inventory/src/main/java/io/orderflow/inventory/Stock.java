package io.orderflow.inventory;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inventory's unit of work. It locks and loads what a batch of messages is about, lets {@link Decisions} decide on one
 * message after the other, each seeing what those before it changed, and writes the sum of the changes. A batch of one
 * is the same code.
 *
 * <p>Rows are locked in one order everywhere: keys of deliveries, then reservations by id, then articles by SKU. So
 * batches that want the same articles wait for each other, and never in a circle.
 */
final class Stock implements UnitOfWork {

    private final StockRows rows;
    private final Clock clock;
    private final PerTransaction<LoadedStock> loaded = new PerTransaction<>("stock");

    Stock(StockRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Answers a new order with {@code StockReserved} or {@code StockRejected}; null where it was answered or cancelled
     * before.
     */
    Event reserve(OrderCreated created) {
        return loaded.get()
                .apply(Decisions.reserve(created, order(created), loaded.get().items(), clock.instant()));
    }

    /** Hands over to the customer what an order had reserved. */
    void sell(OrderConfirmed confirmed) {
        loaded.get()
                .apply(Decisions.sell(confirmed, order(confirmed), loaded.get().items()));
    }

    /**
     * Compensates {@link #reserve}. Answers with {@code StockReleased}, possibly of nothing; null where it was answered
     * before.
     */
    Event release(OrderCancelled cancelled) {
        return loaded.get()
                .apply(Decisions.release(
                        cancelled, order(cancelled), loaded.get().items(), clock.instant()));
    }

    /** Keeps an article from now on; the figures of one that is kept already stay as they are. */
    StockItem add(NewArticle article) {
        return loaded.get().add(article);
    }

    /** Takes a delivery in, once. */
    Receipt receive(Delivery delivery) {
        var earlier = loaded.get().receipt(delivery);
        return switch (earlier) {
            case null ->
                loaded.get()
                        .apply(
                                delivery,
                                Decisions.receive(delivery, loaded.get().items()));
            case Receipt.Received first -> new Receipt.Repeated(first);
            default -> earlier;
        };
    }

    @Override
    public void load(List<?> messages) {
        var receipts = rows.claim(of(Delivery.class, messages).distinct().toList());
        var reservations = rows.reservations(orders(messages));
        var items = rows.items(skus(messages, reservations));
        loaded.set(new LoadedStock(receipts, reservations, items));
    }

    @Override
    public void flush() {
        rows.add(loaded.get().newArticles());
        rows.save(loaded.get().changedReservations());
        rows.move(loaded.get().movements());
        rows.keep(loaded.get().newReceipts());
    }

    @Override
    public void clear() {
        loaded.clear();
    }

    private Reservation order(Event event) {
        return loaded.get().reservation(event.orderId());
    }

    private static Set<UUID> orders(List<?> messages) {
        return of(Event.class, messages).map(Event::orderId).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every article that may move: what orders ask for, what they hold, what is new, what comes in. */
    private static Set<String> skus(List<?> messages, List<Reservation> reservations) {
        var asked = of(OrderCreated.class, messages)
                .flatMap(created -> created.lines().stream())
                .map(Line::sku);
        var held = reservations.stream()
                .flatMap(reservation -> reservation.lines().stream())
                .map(Line::sku);
        var added = of(NewArticle.class, messages).map(NewArticle::sku);
        var delivered = of(Delivery.class, messages).map(Delivery::sku);
        return Stream.of(asked, held, added, delivered)
                .flatMap(Function.identity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> Stream<T> of(Class<T> type, List<?> messages) {
        return messages.stream().filter(type::isInstance).map(type::cast);
    }
}
