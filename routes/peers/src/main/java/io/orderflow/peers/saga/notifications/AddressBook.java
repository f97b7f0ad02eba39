package io.orderflow.peers.saga.notifications;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The customers of the orders. */
interface AddressBook extends JpaRepository<Addressed, UUID> {}
