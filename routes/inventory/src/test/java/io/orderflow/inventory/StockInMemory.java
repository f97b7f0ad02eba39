package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.model.Kept;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Stock in maps, with the conditions of the database, and the equations that must hold whenever a transaction has ended
 * (invariant I4).
 */
final class StockInMemory implements StockRows, Kept {

    final Map<String, StockItem> items = new TreeMap<>();
    final Map<UUID, Reservation> reservations = new HashMap<>();
    final List<Movement> movements = new ArrayList<>();
    private final Map<List<String>, Delivery> deliveries = new HashMap<>();
    private final Map<Delivery, Receipt> receipts = new HashMap<>();
    private final Map<String, Long> cameIn = new HashMap<>();

    private record Saved(
            Map<String, StockItem> items,
            Map<UUID, Reservation> reservations,
            Map<List<String>, Delivery> deliveries,
            Map<Delivery, Receipt> receipts,
            Map<String, Long> cameIn) {}

    StockInMemory with(String sku, long onHand) {
        items.put(sku, new StockItem(sku, onHand, 0, 0));
        cameIn.put(sku, onHand);
        return this;
    }

    StockItem item(String sku) {
        return items.get(sku);
    }

    Reservation.State state(UUID order) {
        return reservations.getOrDefault(order, Reservation.unknown(order)).state();
    }

    @Override
    public Map<Delivery, Receipt> claim(List<Delivery> wanted) {
        var earlier = new HashMap<Delivery, Receipt>();
        for (var delivery : wanted) {
            var first = deliveries.get(key(delivery));
            if (first != null) {
                earlier.put(delivery, first.equals(delivery) ? receipts.get(delivery) : new Receipt.KeyTaken());
            }
        }
        return earlier;
    }

    @Override
    public List<Reservation> reservations(Collection<UUID> orders) {
        return orders.stream()
                .filter(reservations::containsKey)
                .map(reservations::get)
                .toList();
    }

    @Override
    public List<StockItem> items(Collection<String> skus) {
        return skus.stream().filter(items::containsKey).map(items::get).toList();
    }

    @Override
    public void add(List<NewArticle> articles) {
        articles.forEach(one -> {
            items.computeIfAbsent(one.sku(), StockItem::none);
            cameIn.putIfAbsent(one.sku(), 0L);
        });
    }

    @Override
    public void save(List<Reservation> changed) {
        for (var one : changed) {
            var stored = reservations.getOrDefault(one.orderId(), Reservation.unknown(one.orderId()));
            assertThat(stored.version()).as("version of " + one).isEqualTo(one.version());
            reservations.put(
                    one.orderId(), new Reservation(one.orderId(), one.state(), one.lines(), one.version() + 1));
        }
    }

    @Override
    public void move(List<Movement> moves) {
        movements.addAll(moves);
        moves.forEach(move -> items.computeIfPresent(
                move.sku(),
                (sku, item) -> new StockItem(
                        sku,
                        item.onHand() + move.onHand(),
                        item.reserved() + move.reserved(),
                        item.sold() + move.sold())));
    }

    @Override
    public void keep(Map<Delivery, Receipt> given) {
        given.forEach((delivery, receipt) -> {
            if (receipt instanceof Receipt.Received) {
                deliveries.put(key(delivery), delivery);
                receipts.put(delivery, receipt);
                cameIn.merge(delivery.sku(), (long) delivery.quantity(), Long::sum);
            }
        });
    }

    @Override
    public Object save() {
        return new Saved(
                Map.copyOf(items),
                Map.copyOf(reservations),
                Map.copyOf(deliveries),
                Map.copyOf(receipts),
                Map.copyOf(cameIn));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        replace(items, state.items());
        replace(reservations, state.reservations());
        replace(deliveries, state.deliveries());
        replace(receipts, state.receipts());
        replace(cameIn, state.cameIn());
        movements.clear();
    }

    private static <K, V> void replace(Map<K, V> map, Map<K, V> by) {
        map.clear();
        map.putAll(by);
    }

    /** I4: what came in is on hand or sold, and what is reserved is what open orders hold. */
    void assertConserved() {
        var reserved = held(Reservation.State.RESERVED);
        var sold = held(Reservation.State.SOLD);
        items.forEach((sku, item) -> {
            if (item.onHand() + item.sold() != cameIn.get(sku)
                    || item.reserved() != reserved.getOrDefault(sku, 0L)
                    || item.sold() != sold.getOrDefault(sku, 0L)) {
                throw new AssertionError(item + " (expected: on hand and sold " + cameIn.get(sku) + ", reserved "
                        + reserved.getOrDefault(sku, 0L) + ", sold " + sold.getOrDefault(sku, 0L) + ")");
            }
        });
    }

    private Map<String, Long> held(Reservation.State state) {
        var held = new HashMap<String, Long>();
        for (var reservation : reservations.values()) {
            if (reservation.state() == state) {
                reservation.lines().forEach(line -> held.merge(line.sku(), (long) line.quantity(), Long::sum));
            }
        }
        return held;
    }

    private static List<String> key(Delivery delivery) {
        return List.of(delivery.caller().id(), delivery.sku(), delivery.key().value());
    }
}
