package io.orderflow.peers.saga;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import java.util.UUID;

/** A message on Kafka: an event with the id by which its readers know it again. */
public record EventMessage(
        UUID id,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
        @JsonSubTypes({
            @JsonSubTypes.Type(OrderCreated.class),
            @JsonSubTypes.Type(OrderContact.class),
            @JsonSubTypes.Type(OrderConfirmed.class),
            @JsonSubTypes.Type(OrderCancelled.class),
            @JsonSubTypes.Type(PaymentCompleted.class),
            @JsonSubTypes.Type(PaymentDeclined.class),
            @JsonSubTypes.Type(PaymentRefunded.class),
            @JsonSubTypes.Type(PaymentVoided.class),
            @JsonSubTypes.Type(StockReserved.class),
            @JsonSubTypes.Type(StockRejected.class),
            @JsonSubTypes.Type(StockReleased.class)
        })
        Event event) {

    public UUID orderId() {
        return event.orderId();
    }
}
