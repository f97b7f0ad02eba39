package io.orderflow.payments;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The payments that one transaction has loaded, as its decisions have left them so far. */
final class LoadedPayments {

    private final Map<UUID, Payment> loaded;
    private final Map<UUID, Payment> payments;
    private final Map<UUID, Payment> changed = new LinkedHashMap<>();

    LoadedPayments(List<Payment> payments) {
        loaded = payments.stream().collect(toMap(Payment::orderId, Function.identity()));
        this.payments = new HashMap<>(loaded);
    }

    /** An order's payment as it stands now, or null. */
    Payment payment(UUID order) {
        return payments.get(order);
    }

    /** Makes a decision hold, and gives what it says. */
    Object apply(Decision decision) {
        var payment = decision.payment();
        if (!payment.equals(payments.put(payment.orderId(), payment))) {
            changed.put(payment.orderId(), payment);
        }
        return decision.says();
    }

    /** Those that changed and did not exist before. */
    List<Payment> added() {
        return changed.values().stream()
                .filter(payment -> !loaded.containsKey(payment.orderId()))
                .toList();
    }

    /** Those that changed and existed before. */
    List<Payment> updated() {
        return changed.values().stream()
                .filter(payment -> loaded.containsKey(payment.orderId()))
                .toList();
    }
}
