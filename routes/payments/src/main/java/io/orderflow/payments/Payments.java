package io.orderflow.payments;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.messaging.Contradiction;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payments' unit of work. It locks and loads what a batch of messages is about, lets {@link Decisions} decide on one
 * message after the other, each seeing what those before it changed, and writes the sum of the changes. A batch of one
 * is the same code.
 *
 * <p>Payments are locked by their orders' ids, so that batches wait for each other and never in a circle.
 */
final class Payments implements UnitOfWork {

    private static final Logger log = LoggerFactory.getLogger(Payments.class);

    private final PaymentRows rows;
    private final Clock clock;
    private final PaymentsSettings settings;
    private final PerTransaction<LoadedPayments> loaded = new PerTransaction<>("payments");

    Payments(PaymentRows rows, Clock clock, PaymentsSettings settings) {
        this.rows = rows;
        this.clock = clock;
        this.settings = settings;
    }

    Object requestCharge(OrderCreated event) {
        return loaded.get().apply(Decisions.requestCharge(payment(event.orderId()), event));
    }

    Object requestUndo(OrderCancelled event) {
        return loaded.get().apply(Decisions.requestUndo(payment(event.orderId()), event, now()));
    }

    Object recordCharge(ChargeAnswered answered) {
        return loaded.get().apply(Decisions.recordCharge(requested(answered.orderId()), answered, now()));
    }

    Object recordUndo(UndoAnswered answered) {
        var decision = Decisions.recordUndo(requested(answered.orderId()), answered, now(), settings.refundPause());
        if (answered instanceof UndoAnswered.Failing failing && decision.says() != null) {
            log.error(
                    "payments: the refund of order {} keeps failing ({});"
                            + " it is tried again every {} (orderflow.payments.refund-pause)",
                    failing.orderId(),
                    failing.reason(),
                    settings.refundPause());
        }
        return loaded.get().apply(decision);
    }

    @Override
    public void load(List<?> messages) {
        loaded.set(new LoadedPayments(rows.load(orders(messages))));
    }

    @Override
    public void flush() {
        rows.insert(loaded.get().added());
        rows.update(loaded.get().updated());
    }

    @Override
    public void clear() {
        loaded.clear();
    }

    private Payment payment(UUID order) {
        return loaded.get().payment(order);
    }

    /** The payment that the provider was asked about, which was stored before it was asked. */
    private Payment requested(UUID order) {
        var payment = payment(order);
        if (payment == null) {
            throw new Contradiction("answer about order " + order, "no payment of it", "one that was requested before");
        }
        return payment;
    }

    private Instant now() {
        return clock.instant();
    }

    private static Set<UUID> orders(List<?> messages) {
        return messages.stream()
                .map(Payments::orderOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static UUID orderOf(Object message) {
        return switch (message) {
            case Event event -> event.orderId();
            case ChargeAnswered answered -> answered.orderId();
            case UndoAnswered answered -> answered.orderId();
            default -> null;
        };
    }
}
