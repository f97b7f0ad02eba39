package io.orderflow.payments;

import io.orderflow.contracts.Money;
import io.orderflow.outside.CallRoutes;
import io.orderflow.outside.Unanswered;
import java.util.Optional;

/**
 * The adapter {@code http}: a provider that is somewhere else. Whatever goes wrong on the way there or back is no
 * answer.
 */
final class HttpProvider implements PaymentProvider {

    private final CallRoutes<ProviderCall, ProviderAnswer> provider;

    HttpProvider(CallRoutes<ProviderCall, ProviderAnswer> provider) {
        this.provider = provider;
    }

    @Override
    public ChargeAnswer charge(String key, Money amount, String token) {
        return switch (call(new ProviderCall.ToCharge(key, amount, token))) {
            case ProviderAnswer.Captured captured -> new ChargeAnswer.Captured();
            case ProviderAnswer.Declined declined -> new ChargeAnswer.Declined(declined.code());
            case ProviderAnswer.Voided voided -> new ChargeAnswer.Fenced();
            case ProviderAnswer other -> throw notTo("charge", other);
        };
    }

    @Override
    public Optional<Money> fence(String chargeKey) {
        return switch (call(new ProviderCall.ToFence(chargeKey))) {
            case ProviderAnswer.Captured captured -> Optional.of(captured.amount());
            case ProviderAnswer.Declined declined -> Optional.empty();
            case ProviderAnswer.Voided voided -> Optional.empty();
            case ProviderAnswer other -> throw notTo("fence", other);
        };
    }

    @Override
    public RefundAnswer refund(String key, String chargeKey, Money amount) {
        return switch (call(new ProviderCall.ToRefund(key, chargeKey, amount))) {
            case ProviderAnswer.Refunded refunded -> new RefundAnswer.Refunded();
            case ProviderAnswer.Refused refused -> new RefundAnswer.Refused(refused.code());
            case ProviderAnswer other -> throw notTo("refund", other);
        };
    }

    private ProviderAnswer call(ProviderCall call) {
        try {
            return provider.call(call);
        } catch (Unanswered none) {
            throw new NoAnswer(none.getMessage(), none.getCause());
        }
    }

    private static NoAnswer notTo(String call, ProviderAnswer answer) {
        return new NoAnswer(
                "provider: " + answer.getClass().getSimpleName() + " (expected: an answer to a " + call + ")");
    }
}
