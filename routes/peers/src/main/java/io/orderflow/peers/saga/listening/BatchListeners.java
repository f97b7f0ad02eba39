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

/** Hears what a poll brings at once: a transaction a batch, as spring-kafka recommends where rates are high. */
@Component
@ConditionalOnProperty(name = "peers.batches")
class BatchListeners {

    private final PurchaseSaga orders;
    private final PaymentSaga payments;
    private final StockSaga inventory;
    private final NoticeSaga notifications;

    BatchListeners(PurchaseSaga orders, PaymentSaga payments, StockSaga inventory, NoticeSaga notifications) {
        this.orders = orders;
        this.payments = payments;
        this.inventory = inventory;
        this.notifications = notifications;
    }

    @KafkaListener(
            groupId = "${peers.name}_orders",
            topics = {"${peers.name}_payment_events", "${peers.name}_inventory_events"},
            batch = "true")
    void orders(List<EventMessage> said) {
        orders.hear(said);
    }

    @KafkaListener(groupId = "${peers.name}_payments", topics = "${peers.name}_order_events", batch = "true")
    void payments(List<EventMessage> said) {
        payments.hear(said);
    }

    @KafkaListener(groupId = "${peers.name}_inventory", topics = "${peers.name}_order_events", batch = "true")
    void inventory(List<EventMessage> said) {
        inventory.hear(said);
    }

    @KafkaListener(
            groupId = "${peers.name}_notifications",
            topics = {"${peers.name}_order_events", "${peers.name}_payment_events", "${peers.name}_order_contacts"},
            batch = "true")
    void notifications(List<EventMessage> said) {
        notifications.hear(said);
    }
}
