package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;

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
final class StockInMemory implements StockRows {

    final Map<String, StockItem> items = new TreeMap<>();
    final Map<UUID, Reservation> reservations = new HashMap<>();
    final List<Movement> movements = new ArrayList<>();
    private final Map<List<String>, Delivery> deliveries = new HashMap<>();
    private final Map<Delivery, Receipt> receipts = new HashMap<>();
    private final Map<String, Long> cameIn = new HashMap<>();

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
            deliveries.put(key(delivery), delivery);
            receipts.put(delivery, receipt);
            if (receipt instanceof Receipt.Received) {
                cameIn.merge(delivery.sku(), (long) delivery.quantity(), Long::sum);
            }
        });
    }

    /** I4: what came in is on hand or sold, and what is reserved is what open orders hold. */
    void assertConserved() {
        var reserved = held(Reservation.State.RESERVED);
        var sold = held(Reservation.State.SOLD);
        items.forEach((sku, item) -> {
            assertThat(item.onHand() + item.sold())
                    .as("on hand and sold of " + sku)
                    .isEqualTo(cameIn.get(sku));
            assertThat(item.reserved()).as("reserved of " + sku).isEqualTo(reserved.getOrDefault(sku, 0L));
            assertThat(item.sold()).as("sold of " + sku).isEqualTo(sold.getOrDefault(sku, 0L));
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
