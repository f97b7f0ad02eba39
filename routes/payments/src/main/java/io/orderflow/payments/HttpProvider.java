package io.orderflow.payments;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.orderflow.contracts.Money;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;

/** The adapter {@code http}: a provider that is somewhere else. Whatever goes wrong on the way there or back is no answer. */
final class HttpProvider implements PaymentProvider {

    private final ProducerTemplate camel;

    HttpProvider(ProducerTemplate camel) {
        this.camel = camel;
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
        OutsideTransactions.check();
        var exchange = camel.request(
                ProviderRoutes.CALL, request -> request.getMessage().setBody(call));
        switch (exchange.getException()) {
            case null -> {}
            case NoAnswer none -> throw none;
            case CallNotPermittedException open ->
                throw new NoAnswer("provider: it is not called for a while, too many calls got no answer", open);
            case Exception failure ->
                throw new NoAnswer("provider: " + failure.getClass().getSimpleName(), failure);
        }
        if (exchange.getMessage().getBody() instanceof ProviderAnswer answer) {
            return answer;
        }
        throw new NoAnswer("provider: no answer came of the call");
    }

    private static NoAnswer notTo(String call, ProviderAnswer answer) {
        return new NoAnswer(
                "provider: " + answer.getClass().getSimpleName() + " (expected: an answer to a " + call + ")");
    }
}
