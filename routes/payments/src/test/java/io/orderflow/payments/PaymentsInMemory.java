package io.orderflow.payments;

import io.orderflow.messaging.model.Kept;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Payments in a map, for tests of what is decided. */
final class PaymentsInMemory implements PaymentRows, Kept {

    final Map<UUID, Payment> payments = new HashMap<>();

    @Override
    public List<Payment> load(Collection<UUID> orders) {
        return orders.stream().map(payments::get).filter(Objects::nonNull).toList();
    }

    @Override
    public void insert(Collection<Payment> more) {
        more.forEach(payment -> {
            if (payments.putIfAbsent(payment.orderId(), payment) != null) {
                throw new IllegalStateException("exists: " + payment.orderId());
            }
        });
    }

    @Override
    public long countFailing() {
        return payments.values().stream()
                .filter(payment -> payment.state() == Payment.State.REFUND_FAILED)
                .count();
    }

    @Override
    public void update(Collection<Payment> changed) {
        changed.forEach(payment -> payments.replace(payment.orderId(), payment));
    }

    @Override
    public Object save() {
        return Map.copyOf(payments);
    }

    @Override
    public void restore(Object saved) {
        payments.clear();
        ((Map<?, ?>) saved).forEach((order, payment) -> payments.put((UUID) order, (Payment) payment));
    }
}
