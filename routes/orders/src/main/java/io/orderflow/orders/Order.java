package io.orderflow.orders;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * Where one order stands: its own status, and what each of the other services has said. Its lines are not needed to
 * decide and stay in the database.
 *
 * @param createdAt by the database's clock
 * @param reason why it was cancelled; null unless it was
 * @param paymentSettled whether payments has answered the cancellation; a declined payment that is voided stays {@code
 *     DECLINED}, so the status does not tell
 */
record Order(
        UUID id,
        String customerId,
        Money total,
        Instant createdAt,
        Status status,
        CancellationReason reason,
        PaymentStatus payment,
        boolean paymentSettled,
        StockStatus stock) {

    static Order pending(UUID id, String customerId, Money total, Instant createdAt) {
        return new Order(
                id,
                customerId,
                total,
                createdAt,
                Status.PENDING,
                null,
                PaymentStatus.PENDING,
                false,
                StockStatus.PENDING);
    }

    /**
     * Nothing is owed to anybody any more: true once it is confirmed, and for a cancelled order when both services have
     * answered the cancellation.
     */
    boolean settled() {
        return switch (status) {
            case PENDING -> false;
            case CONFIRMED -> true;
            case CANCELLED -> paymentSettled && stock == StockStatus.RELEASED;
        };
    }

    boolean isPaidAndReserved() {
        return payment == PaymentStatus.CAPTURED && stock == StockStatus.RESERVED;
    }

    Order confirmed() {
        return new Order(id, customerId, total, createdAt, Status.CONFIRMED, null, payment, paymentSettled, stock);
    }

    Order cancelled(CancellationReason why) {
        return new Order(id, customerId, total, createdAt, Status.CANCELLED, why, payment, paymentSettled, stock);
    }

    Order with(PaymentStatus next, boolean settled) {
        return new Order(id, customerId, total, createdAt, status, reason, next, paymentSettled || settled, stock);
    }

    Order with(StockStatus next) {
        return new Order(id, customerId, total, createdAt, status, reason, payment, paymentSettled, next);
    }
}
