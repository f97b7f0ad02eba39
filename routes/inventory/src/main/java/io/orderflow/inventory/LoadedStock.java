package io.orderflow.inventory;

import static java.util.stream.Collectors.toMap;

import io.orderflow.contracts.Event;
import io.orderflow.inventory.StockRows.Movement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The reservations, articles and receipts that one transaction has loaded, as its decisions have left them so far. */
final class LoadedStock {

    private final Map<Delivery, Receipt> earlierReceipts;
    private final Map<Delivery, Receipt> newReceipts = new HashMap<>();
    private final Map<UUID, Reservation> loadedReservations;
    private final Map<UUID, Reservation> reservations;
    private final Map<String, StockItem> loadedItems;
    private final Map<String, StockItem> items;
    private final List<NewArticle> newArticles = new ArrayList<>();

    LoadedStock(Map<Delivery, Receipt> receipts, List<Reservation> reservations, List<StockItem> items) {
        earlierReceipts = receipts;
        loadedReservations = reservations.stream().collect(toMap(Reservation::orderId, Function.identity()));
        loadedItems = items.stream().collect(toMap(StockItem::sku, Function.identity()));
        this.reservations = new HashMap<>(loadedReservations);
        this.items = new HashMap<>(loadedItems);
    }

    Reservation reservation(UUID orderId) {
        return reservations.getOrDefault(orderId, Reservation.unknown(orderId));
    }

    Map<String, StockItem> items() {
        return items;
    }

    /** What was answered to this delivery, in an earlier transaction or this one; null if it is new. */
    Receipt receipt(Delivery delivery) {
        return earlierReceipts.getOrDefault(delivery, newReceipts.get(delivery));
    }

    /** Makes a decision hold, and gives what it says. */
    Event apply(Decision decision) {
        reservations.put(decision.reservation().orderId(), decision.reservation());
        items.putAll(decision.items());
        return decision.says();
    }

    /** Puts an article there, unless it is there; its figures as they are now. */
    StockItem add(NewArticle article) {
        newArticles.add(article);
        return items.computeIfAbsent(article.sku(), StockItem::none);
    }

    /** Makes a receipt hold. */
    Receipt apply(Delivery delivery, Receipt receipt) {
        newReceipts.put(delivery, receipt);
        if (receipt instanceof Receipt.Received(StockItem item)) {
            items.put(item.sku(), item);
        }
        return receipt;
    }

    List<Reservation> changedReservations() {
        return reservations.values().stream()
                .filter(reservation -> !reservation.equals(loadedReservations.get(reservation.orderId())))
                .sorted(Comparator.comparing(Reservation::orderId))
                .toList();
    }

    List<Movement> movements() {
        return items.values().stream()
                .filter(item -> !item.equals(loaded(item.sku())))
                .map(item -> Movement.between(loaded(item.sku()), item))
                .sorted(Comparator.comparing(Movement::sku))
                .toList();
    }

    /** An article as it was; of a new one there was none. */
    private StockItem loaded(String sku) {
        return loadedItems.getOrDefault(sku, StockItem.none(sku));
    }

    List<NewArticle> newArticles() {
        return newArticles;
    }

    /**
     * @throws IllegalStateException if one under a key was refused, so that it leaves the key free, and another of this
     *     transaction was told that it is taken: each is to come alone
     */
    Map<Delivery, Receipt> newReceipts() {
        earlierReceipts.forEach((rival, receipt) -> {
            if (receipt instanceof Receipt.KeyTaken && isFreedFor(rival)) {
                throw new IllegalStateException(
                        "deliveries: one is refused and another waits for its key (expected: each alone)");
            }
        });
        return newReceipts;
    }

    private boolean isFreedFor(Delivery rival) {
        return newReceipts.entrySet().stream()
                .anyMatch(one -> one.getKey().hasKeyOf(rival) && !(one.getValue() instanceof Receipt.Received));
    }
}
