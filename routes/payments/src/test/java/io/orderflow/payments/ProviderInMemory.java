package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider that keeps its promise about keys, and nothing else. */
final class ProviderInMemory implements TestedProvider {

    final Map<String, ChargeAnswer> charges = new HashMap<>();
    final Map<String, Money> captured = new HashMap<>();
    final Set<String> refunded = new HashSet<>();
    private int failures;
    private boolean refusing;

    @Override
    public ChargeAnswer charge(String key, Money amount, String token) {
        answering();
        return charges.computeIfAbsent(key, none -> {
            if (token.equals("tok_declined")) {
                return new ChargeAnswer.Declined("card_declined");
            }
            captured.put(key, amount);
            return new ChargeAnswer.Captured();
        });
    }

    @Override
    public Optional<Money> fence(String chargeKey) {
        answering();
        charges.putIfAbsent(chargeKey, new ChargeAnswer.Fenced());
        return Optional.ofNullable(captured.get(chargeKey));
    }

    @Override
    public RefundAnswer refund(String key, String chargeKey, Money amount) {
        answering();
        if (refusing || !amount.equals(captured.get(chargeKey))) {
            return new RefundAnswer.Refused("not_refundable");
        }
        refunded.add(chargeKey);
        return new RefundAnswer.Refunded();
    }

    private void answering() {
        if (failures > 0) {
            failures--;
            throw new NoAnswer("not now");
        }
    }

    @Override
    public void giveNoAnswer(int times) {
        failures = times;
    }

    @Override
    public void refuseToRefund(String chargeKey, Money amount) {
        refusing = true;
    }

    @Override
    public long kept() {
        return captured.entrySet().stream()
                .filter(entry -> !refunded.contains(entry.getKey()))
                .mapToLong(entry -> entry.getValue().amountMinor())
                .sum();
    }
}
