package io.orderflow.shipping;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.ParcelShipped;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Shipping's unit of work: the parcels that a batch of messages is about, locked by their orders' ids. */
final class Parcels implements UnitOfWork {

    private final ParcelRows rows;
    private final Clock clock;
    private final PerTransaction<Loaded> loaded = new PerTransaction<>("parcels");

    /** What there was, and what has changed. */
    private record Loaded(Map<UUID, Parcel> parcels, Map<UUID, Parcel> changed) {

        void put(Parcel parcel) {
            parcels.put(parcel.orderId(), parcel);
            changed.put(parcel.orderId(), parcel);
        }
    }

    Parcels(ParcelRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Null where the order has its parcel already. */
    SendParcel requestParcel(OrderConfirmed confirmed) {
        var order = confirmed.orderId();
        if (loaded.get().parcels().containsKey(order)) {
            return null;
        }
        loaded.get().put(new Parcel(order, null));
        return new SendParcel(order);
    }

    /** Null where the answer was recorded before. */
    ParcelShipped recordParcel(ParcelSent sent) {
        var parcel = loaded.get().parcels().get(sent.orderId());
        if (parcel.label() != null) {
            return null;
        }
        loaded.get().put(new Parcel(sent.orderId(), sent.label()));
        return new ParcelShipped(sent.orderId(), clock.instant(), sent.label());
    }

    @Override
    public void load(List<?> messages) {
        Set<UUID> orders = new TreeSet<>();
        for (var message : messages) {
            switch (message) {
                case Event event -> orders.add(event.orderId());
                case ParcelSent sent -> orders.add(sent.orderId());
                default -> {}
            }
        }
        Map<UUID, Parcel> parcels = new HashMap<>();
        rows.load(orders).forEach(parcel -> parcels.put(parcel.orderId(), parcel));
        loaded.set(new Loaded(parcels, new HashMap<>()));
    }

    @Override
    public void flush() {
        rows.save(loaded.get().changed().values());
    }

    @Override
    public void clear() {
        loaded.clear();
    }
}
