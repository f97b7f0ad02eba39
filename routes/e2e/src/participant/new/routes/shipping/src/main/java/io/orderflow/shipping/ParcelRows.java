package io.orderflow.shipping;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where parcels are kept, a batch at a time. */
interface ParcelRows {

    /** The parcels of these orders that exist, locked until the transaction ends. */
    List<Parcel> load(Collection<UUID> orders);

    /** Stores parcels that are new or have changed. */
    void save(Collection<Parcel> parcels);
}
