package io.orderflow.payments;

import io.orderflow.contracts.Money;
import io.orderflow.messaging.model.Actor;
import io.orderflow.messaging.model.Manner;
import io.orderflow.messaging.model.Offers;
import io.orderflow.messaging.model.Outside;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A provider that keeps its promise about keys, and a journal with two sides. It may leave a call unanswered, having
 * done it or not; carry out a charge long after its caller gave up; and refuse a refund.
 */
final class ModelledProvider implements PaymentProvider, Actor {

    private final Outside outside;
    private final Map<String, ChargeAnswer> charges = new HashMap<>();
    private final List<Entry> journal = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();

    /** A movement of money: it leaves one account and comes to another. */
    private record Entry(String operation, String charge, String from, String to, Money amount) {}

    private record Late(String key, Money amount, String token) {}

    private record Saved(Map<String, ChargeAnswer> charges, List<Entry> journal, List<Late> late) {}

    ModelledProvider(Outside outside) {
        this.outside = outside;
    }

    @Override
    public ChargeAnswer charge(String key, Money amount, String token) {
        return (ChargeAnswer) heard(outside.call(manner -> {
            if (manner == Manner.DONE_LATER) {
                late.add(new Late(key, amount, token));
            }
            return go(manner, () -> charged(key, amount, token));
        }));
    }

    @Override
    public Optional<Money> fence(String chargeKey) {
        return ((Optional<?>) heard(outside.call(manner -> go(manner, () -> fenced(chargeKey)))))
                .map(Money.class::cast);
    }

    @Override
    public RefundAnswer refund(String key, String chargeKey, Money amount) {
        return (RefundAnswer) heard(outside.call(manner -> manner == Manner.REFUSED
                ? new RefundAnswer.Refused("not now")
                : go(manner, () -> refunded(chargeKey, amount))));
    }

    private static Object go(Manner manner, Supplier<Object> effect) {
        return switch (manner) {
            case PROPERLY -> effect.get();
            case DONE_AND_UNHEARD -> {
                effect.get();
                yield Outside.NO_ANSWER;
            }
            case NOT_DONE_AND_UNHEARD, DONE_LATER, REFUSED -> Outside.NO_ANSWER;
        };
    }

    private static Object heard(Object answer) {
        if (answer.equals(Outside.NO_ANSWER)) {
            throw new NoAnswer("provider: no answer");
        }
        return answer;
    }

    private ChargeAnswer charged(String key, Money amount, String token) {
        return charges.computeIfAbsent(key, none -> {
            if (!token.equals("tok_visa")) {
                return new ChargeAnswer.Declined("card_declined");
            }
            journal.add(new Entry("charge", key, "customer", "merchant", amount));
            return new ChargeAnswer.Captured();
        });
    }

    private Object fenced(String chargeKey) {
        charges.putIfAbsent(chargeKey, new ChargeAnswer.Fenced());
        return captured(chargeKey);
    }

    private Optional<Money> captured(String chargeKey) {
        return entry("charge", chargeKey).map(Entry::amount);
    }

    private RefundAnswer refunded(String chargeKey, Money amount) {
        if (!captured(chargeKey).equals(Optional.of(amount))) {
            return new RefundAnswer.Refused("nothing of this amount was captured");
        }
        if (entry("refund", chargeKey).isEmpty()) {
            journal.add(new Entry("refund", chargeKey, "merchant", "customer", amount));
        }
        return new RefundAnswer.Refunded();
    }

    private Optional<Entry> entry(String operation, String chargeKey) {
        return journal.stream()
                .filter(entry ->
                        entry.operation().equals(operation) && entry.charge().equals(chargeKey))
                .findFirst();
    }

    @Override
    public void offer(Offers offers) {
        for (var charge : List.copyOf(late)) {
            offers.step(() -> "the provider carries out " + charge.key() + " at last", () -> {
                late.remove(charge);
                charged(charge.key(), charge.amount(), charge.token());
            });
        }
    }

    long captured(UUID order) {
        return sum("charge", order);
    }

    long refunded(UUID order) {
        return sum("refund", order);
    }

    private long sum(String operation, UUID order) {
        long sum = 0;
        for (var entry : journal) {
            if (entry.operation().equals(operation) && entry.charge().endsWith(order.toString())) {
                sum += entry.amount().amountMinor();
            }
        }
        return sum;
    }

    void assertBalanced() {
        var kept = new HashMap<String, Integer>();
        for (var entry : journal) {
            int change = entry.operation().equals("charge") ? 1 : -1;
            int now = kept.merge(entry.charge(), change, Integer::sum);
            if (now < 0 || now > 1 || entry.from().equals(entry.to())) {
                throw new AssertionError("journal: " + journal + " (expected: one charge of each key, and one refund)");
            }
        }
    }

    @Override
    public Object save() {
        return new Saved(Map.copyOf(charges), List.copyOf(journal), List.copyOf(late));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        charges.clear();
        charges.putAll(state.charges());
        journal.clear();
        journal.addAll(state.journal());
        late.clear();
        late.addAll(state.late());
    }
}
