package io.orderflow.shipping;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Shipping's unit of work. It locks and loads what a batch of messages is about, lets {@link Decisions} decide on one
 * message after the other, each seeing what those before it changed, and writes the sum of the changes. A batch of one
 * is the same code.
 *
 * <p>Parcels are locked by their orders' ids, so that batches wait for each other and never in a circle.
 */
final class Parcels implements UnitOfWork {

    private final ParcelRows rows;
    private final Clock clock;
    private final PerTransaction<LoadedParcels> loaded = new PerTransaction<>("parcels");

    Parcels(ParcelRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    Object requestParcel(OrderConfirmed confirmed) {
        return loaded.get().apply(Decisions.requestParcel(parcel(confirmed.orderId()), confirmed));
    }

    Object recordParcel(ParcelSent sent) {
        return loaded.get().apply(Decisions.recordParcel(parcel(sent.orderId()), sent, clock.instant()));
    }

    @Override
    public void load(List<?> messages) {
        loaded.set(new LoadedParcels(rows.load(orders(messages))));
    }

    @Override
    public void flush() {
        rows.save(loaded.get().changed());
    }

    @Override
    public void clear() {
        loaded.clear();
    }

    private Parcel parcel(UUID order) {
        return loaded.get().parcel(order);
    }

    private static Set<UUID> orders(List<?> messages) {
        return messages.stream()
                .map(Parcels::orderOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static UUID orderOf(Object message) {
        return switch (message) {
            case Event event -> event.orderId();
            case ParcelSent sent -> sent.orderId();
            default -> null;
        };
    }
}
