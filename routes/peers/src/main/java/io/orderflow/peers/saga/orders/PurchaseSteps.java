package io.orderflow.peers.saga.orders;

import org.springframework.data.jpa.repository.JpaRepository;

/** The orders' histories. */
interface PurchaseSteps extends JpaRepository<PurchaseStep, Long> {}
