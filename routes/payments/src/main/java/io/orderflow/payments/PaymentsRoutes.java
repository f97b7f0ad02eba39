package io.orderflow.payments;

import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import org.apache.camel.builder.RouteBuilder;

/**
 * Payments' part in the order saga: charge for a new order, give the money back when it is called off. Only workers
 * speak to the provider.
 */
final class PaymentsRoutes extends RouteBuilder {

    private final PaymentsChannels channels;
    private final Payments payments;
    private final Cashier cashier;
    private final RefundWatch watch;

    PaymentsRoutes(PaymentsChannels channels, Payments payments, Cashier cashier, RefundWatch watch) {
        this.channels = channels;
        this.payments = payments;
        this.cashier = cashier;
        this.watch = watch;
    }

    @Override
    public void configure() {
        orderEvents();
        requestCharge();
        chargeOrder();
        recordCharge();
        requestUndo();
        undoCharge();
        recordUndo();
        watchRefunds();
    }

    private void orderEvents() {
        from(channels.orderEvents()).routeId("payments.order-events")
            .choice()
                .when(body().isInstanceOf(OrderCreated.class)).to("direct:payments.request-charge")
                .when(body().isInstanceOf(OrderCancelled.class)).to("direct:payments.request-undo");
    }

    private void requestCharge() {
        from("direct:payments.request-charge").routeId("payments.request-charge")
            .transform().body(OrderCreated.class, payments::requestCharge)      // Charge, or nothing behind a barrier
            .to(channels.charges());
    }

    private void chargeOrder() {
        from(channels.charges()).routeId("payments.charge-order")
            .transform().body(Charge.class, cashier::charge)                    // ChargeAnswered
            .to(channels.chargeAnswers());
    }

    private void recordCharge() {
        from(channels.chargeAnswers()).routeId("payments.record-charge")
            .transform().body(ChargeAnswered.class, payments::recordCharge)     // PaymentCompleted | PaymentDeclined
            .to(channels.paymentEvents());
    }

    /** Compensates {@link #requestCharge()}; undoing what was never requested leaves a barrier. */
    private void requestUndo() {
        from("direct:payments.request-undo").routeId("payments.request-undo")
            .transform().body(OrderCancelled.class, payments::requestUndo)      // Undo | PaymentVoided
            .choice()
                .when(body().isInstanceOf(Undo.class)).to(channels.undos())
                .otherwise().to(channels.paymentEvents());
    }

    /** Compensates {@link #chargeOrder()}. */
    private void undoCharge() {
        from(channels.undos()).routeId("payments.undo-charge")
            .transform().body(Undo.class, cashier::undo)                        // UndoAnswered
            .to(channels.undoAnswers());
    }

    private void recordUndo() {
        from(channels.undoAnswers()).routeId("payments.record-undo")
            .transform().body(UndoAnswered.class, payments::recordUndo)        // PaymentRefunded | PaymentVoided | Undo
            .choice()
                .when(body().isInstanceOf(Undo.class)).to(channels.undos())
                .otherwise().to(channels.paymentEvents());
    }

    private void watchRefunds() {
        from(channels.watchTimer()).routeId("payments.watch-refunds")
            .process(exchange -> watch.watchRefunds());
    }
}
