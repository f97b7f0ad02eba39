package io.orderflow.peers.saga.payments;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The payments. */
interface OrderPayments extends JpaRepository<OrderPayment, UUID> {}
