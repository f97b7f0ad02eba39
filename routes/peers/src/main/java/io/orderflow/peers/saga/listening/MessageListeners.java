package io.orderflow.peers.saga.listening;

import io.orderflow.peers.saga.EventMessage;
import io.orderflow.peers.saga.inventory.StockSaga;
import io.orderflow.peers.saga.notifications.NoticeSaga;
import io.orderflow.peers.saga.orders.PurchaseSaga;
import io.orderflow.peers.saga.payments.PaymentSaga;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears a message at a time: a transaction a message. */
@Component
@ConditionalOnProperty(name = "peers.batches", havingValue = "false")
class MessageListeners {

    private final PurchaseSaga orders;
    private final PaymentSaga payments;
    private final StockSaga inventory;
    private final NoticeSaga notifications;

    MessageListeners(PurchaseSaga orders, PaymentSaga payments, StockSaga inventory, NoticeSaga notifications) {
        this.orders = orders;
        this.payments = payments;
        this.inventory = inventory;
        this.notifications = notifications;
    }

    @KafkaListener(
            groupId = "${peers.name}_orders",
            topics = {"${peers.name}_payment_events", "${peers.name}_inventory_events"})
    void orders(EventMessage said) {
        orders.hear(List.of(said));
    }

    @KafkaListener(groupId = "${peers.name}_payments", topics = "${peers.name}_order_events")
    void payments(EventMessage said) {
        payments.hear(List.of(said));
    }

    @KafkaListener(groupId = "${peers.name}_inventory", topics = "${peers.name}_order_events")
    void inventory(EventMessage said) {
        inventory.hear(List.of(said));
    }

    @KafkaListener(
            groupId = "${peers.name}_notifications",
            topics = {"${peers.name}_order_events", "${peers.name}_payment_events", "${peers.name}_order_contacts"})
    void notifications(EventMessage said) {
        notifications.hear(List.of(said));
    }
}
