package io.orderflow.peers.saga.orders;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** The orders. */
interface Purchases extends JpaRepository<Purchase, UUID> {

    /** Payments and inventory are heard on different threads; the row's lock lets one join after the other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select purchase from Purchase purchase where purchase.id in :ids order by purchase.id")
    List<Purchase> lock(Collection<UUID> ids);
}
