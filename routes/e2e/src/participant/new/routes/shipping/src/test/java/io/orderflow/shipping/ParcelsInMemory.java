package io.orderflow.shipping;

import io.orderflow.messaging.model.Kept;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Parcels in a map, for tests of what is decided. */
final class ParcelsInMemory implements ParcelRows, Kept {

    private final Map<UUID, Parcel> parcels = new HashMap<>();

    @Override
    public List<Parcel> load(Collection<UUID> orders) {
        return orders.stream().map(parcels::get).filter(Objects::nonNull).toList();
    }

    @Override
    public void save(Collection<Parcel> changed) {
        changed.forEach(parcel -> parcels.put(parcel.orderId(), parcel));
    }

    @Override
    public Object save() {
        return Map.copyOf(parcels);
    }

    @Override
    public void restore(Object saved) {
        parcels.clear();
        ((Map<?, ?>) saved).forEach((order, parcel) -> parcels.put((UUID) order, (Parcel) parcel));
    }
}
