package io.orderflow.peers.saga.notifications;

import io.orderflow.contracts.OrderContact;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** How to reach the customer of an order. */
@Entity
@Table(schema = "notifications", name = "recipient")
class Addressed {

    @Id
    private UUID orderId;

    @Version
    private Long version;

    private String name;
    private String email;

    protected Addressed() {}

    Addressed(OrderContact contact) {
        this.orderId = contact.orderId();
        this.name = contact.name();
        this.email = contact.email();
    }
}
