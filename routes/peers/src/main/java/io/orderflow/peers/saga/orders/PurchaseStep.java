package io.orderflow.peers.saga.orders;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Something that happened to an order, with the status after it. */
@Entity
@Table(schema = "orders", name = "order_history")
class PurchaseStep {

    private static final String NUMBERS = "order_history_numbers";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = NUMBERS)
    @SequenceGenerator(name = NUMBERS, schema = "orders", sequenceName = NUMBERS, allocationSize = 50)
    private Long position;

    private UUID orderId;
    private String event;
    private String status;
    private Instant recordedAt;

    protected PurchaseStep() {}

    PurchaseStep(UUID orderId, String event, String status, Instant recordedAt) {
        this.orderId = orderId;
        this.event = event;
        this.status = status;
        this.recordedAt = recordedAt;
    }
}
