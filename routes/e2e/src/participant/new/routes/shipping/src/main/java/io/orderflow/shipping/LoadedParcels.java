package io.orderflow.shipping;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The parcels that one transaction has loaded, as its decisions have left them so far. */
final class LoadedParcels {

    private final Map<UUID, Parcel> parcels;
    private final Map<UUID, Parcel> changed = new LinkedHashMap<>();

    LoadedParcels(List<Parcel> parcels) {
        this.parcels = new HashMap<>(parcels.stream().collect(toMap(Parcel::orderId, Function.identity())));
    }

    /** An order's parcel as it stands now, or null. */
    Parcel parcel(UUID order) {
        return parcels.get(order);
    }

    /** Makes a decision hold, and gives what it says. */
    Object apply(Decision decision) {
        var parcel = decision.parcel();
        if (!parcel.equals(parcels.put(parcel.orderId(), parcel))) {
            changed.put(parcel.orderId(), parcel);
        }
        return decision.says();
    }

    Collection<Parcel> changed() {
        return changed.values();
    }
}
