package io.orderflow.peers.saga.notifications;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** A mail that is to be sent, or was. There is one for each outcome of an order. */
@Entity
@Table(schema = "notifications", name = "mail")
class OutcomeMail {

    /** The id of the message that it tells of. */
    @Id
    private UUID id;

    @Version
    private Long version;

    private UUID orderId;
    private String outcome;
    private String state;

    protected OutcomeMail() {}

    OutcomeMail(UUID id, UUID orderId, String outcome) {
        this.id = id;
        this.orderId = orderId;
        this.outcome = outcome;
        this.state = "DUE";
    }
}
