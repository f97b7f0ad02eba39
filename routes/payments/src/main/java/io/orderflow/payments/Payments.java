package io.orderflow.payments;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.messaging.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The payments that one transaction reads and changes. */
final class Payments implements UnitOfWork {

    private static final Logger log = LoggerFactory.getLogger(Payments.class);

    private final PaymentRows rows;
    private final Clock clock;
    private final PaymentsSettings settings;
    private final ThreadLocal<Loaded> loaded = ThreadLocal.withInitial(Loaded::new);

    /** What this thread's transaction has loaded and changed. */
    private static final class Loaded {
        private final Map<UUID, Payment> payments = new HashMap<>();
        private final Set<UUID> known = new HashSet<>();
        private final Map<UUID, Payment> changed = new LinkedHashMap<>();
    }

    Payments(PaymentRows rows, Clock clock, PaymentsSettings settings) {
        this.rows = rows;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void load(List<?> messages) {
        var orders = messages.stream()
                .map(Payments::orderOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (orders.isEmpty()) {
            return;
        }
        rows.load(orders).forEach(payment -> {
            loaded.get().payments.put(payment.orderId(), payment);
            loaded.get().known.add(payment.orderId());
        });
    }

    private static UUID orderOf(Object message) {
        return switch (message) {
            case Event event -> event.orderId();
            case ChargeAnswered answered -> answered.orderId();
            case UndoAnswered answered -> answered.orderId();
            default -> null;
        };
    }

    Object requestCharge(OrderCreated event) {
        return apply(Decisions.created(payment(event.orderId()), event));
    }

    Object requestUndo(OrderCancelled event) {
        return apply(Decisions.cancelled(payment(event.orderId()), event, now()));
    }

    Object recordCharge(ChargeAnswered answered) {
        return apply(Decisions.charged(known(answered.orderId()), answered, now()));
    }

    Object recordUndo(UndoAnswered answered) {
        var decision = Decisions.undone(known(answered.orderId()), answered, now(), settings.refundPause());
        if (answered instanceof UndoAnswered.Failing failing && decision.message() != null) {
            log.error(
                    "payments: the refund of order {} keeps failing ({});"
                            + " it is tried again every {} (orderflow.payments.refund-pause)",
                    failing.orderId(),
                    failing.reason(),
                    settings.refundPause());
        }
        return apply(decision);
    }

    private Payment payment(UUID order) {
        return loaded.get().payments.get(order);
    }

    private Payment known(UUID order) {
        return Objects.requireNonNull(
                payment(order), "payment: none of order " + order + " (expected: requested before)");
    }

    private Object apply(Decision decision) {
        var payment = decision.payment();
        var before = loaded.get().payments.put(payment.orderId(), payment);
        if (!payment.equals(before)) {
            loaded.get().changed.put(payment.orderId(), payment);
        }
        return decision.message();
    }

    private Instant now() {
        return clock.instant();
    }

    @Override
    public void flush() {
        var mine = loaded.get();
        var inserts = mine.changed.values().stream()
                .filter(payment -> !mine.known.contains(payment.orderId()))
                .toList();
        var updates = mine.changed.values().stream()
                .filter(payment -> mine.known.contains(payment.orderId()))
                .toList();
        if (!inserts.isEmpty()) {
            rows.insert(inserts);
        }
        if (!updates.isEmpty()) {
            rows.update(updates);
        }
    }

    @Override
    public void clear() {
        loaded.remove();
    }
}
