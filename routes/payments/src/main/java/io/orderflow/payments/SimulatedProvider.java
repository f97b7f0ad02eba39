package io.orderflow.payments;

import io.orderflow.contracts.Money;
import io.orderflow.outside.OutsideTransactions;
import io.orderflow.provider.Books;
import io.orderflow.provider.ChargeResult.Status;
import io.orderflow.provider.Faults;
import io.orderflow.provider.KeyReused;
import io.orderflow.provider.Refund;
import io.orderflow.provider.Response;
import io.orderflow.provider.Simulator;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The adapter {@code simulated}: a provider in this process, for tests, demonstrations and load, with its books in a
 * schema of its own.
 */
final class SimulatedProvider implements PaymentProvider {

    private final Simulator simulator;

    SimulatedProvider(DataSource database) {
        this.simulator = new Simulator(new Books(database), Simulator.SLOW, Faults.none());
    }

    @Override
    public ChargeAnswer charge(String key, Money amount, String token) {
        var charge = call(() -> simulator.charge(key, amount, token));
        return switch (charge.status()) {
            case CAPTURED -> new ChargeAnswer.Captured();
            case DECLINED -> new ChargeAnswer.Declined(charge.code());
            case VOIDED -> new ChargeAnswer.Fenced();
        };
    }

    @Override
    public Optional<Money> fence(String chargeKey) {
        var charge = call(() -> simulator.fence(chargeKey));
        return charge.status() == Status.CAPTURED ? Optional.of(charge.amount()) : Optional.empty();
    }

    @Override
    public RefundAnswer refund(String key, String chargeKey, Money amount) {
        var refund = call(() -> simulator.refund(key, chargeKey, amount));
        return refund.isRefused() ? new RefundAnswer.Refused(Refund.REFUSED) : new RefundAnswer.Refunded();
    }

    private static <T> T call(Supplier<Response<T>> call) {
        OutsideTransactions.check("provider");
        try {
            var reply = call.get();
            if (reply.manner() != Response.Manner.PROPERLY) {
                throw new NoAnswer("provider: " + reply.manner());
            }
            return reply.answer();
        } catch (KeyReused e) {
            throw new NoAnswer(e.getMessage(), e);
        }
    }
}
