package io.orderflow.peers.saga.payments;

import io.orderflow.contracts.Event;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** What payments has said about an order. */
@Entity
@Table(schema = "payments", name = "payment")
class OrderPayment {

    @Id
    private UUID orderId;

    @Version
    private Long version;

    private String state;
    private Instant updatedAt;

    protected OrderPayment() {}

    OrderPayment(UUID orderId) {
        this.orderId = orderId;
    }

    UUID orderId() {
        return orderId;
    }

    void says(Event event) {
        state = Event.typeOf(event.getClass());
        updatedAt = event.occurredAt();
    }
}
