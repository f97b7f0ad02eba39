package io.orderflow.peers.saga.inventory;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

/** The reservations. */
interface HeldStocks extends JpaRepository<HeldStock, UUID> {

    @EntityGraph(attributePaths = "lines")
    List<HeldStock> findByOrderIdIn(Collection<UUID> orderIds);
}
