package io.orderflow.peers.saga.payments;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.provider.ChargeResult;
import io.orderflow.provider.ChargeResult.Status;
import io.orderflow.provider.Response;
import io.orderflow.provider.Response.Manner;
import io.orderflow.provider.Simulator;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Calls the payment provider. The order's id is the key of its charge, so that a call that is made again, by a second
 * delivery or after a crash, finds what the first one did.
 */
@Component
class Acquirer {

    private final Simulator provider;
    private final Clock clock = Clock.systemUTC();

    Acquirer(Simulator provider) {
        this.provider = provider;
    }

    /** The provider did not say what it did; the message is delivered again, and the call made again. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoAnswer(Manner manner) {
            super(manner.toString());
        }
    }

    /** What is to be said then; nothing about a charge that its cancellation came before. */
    Optional<Event> answer(Event event) {
        return switch (event) {
            case OrderCreated created -> charge(created);
            case OrderCancelled cancelled -> Optional.of(undo(cancelled));
            default -> throw new IllegalArgumentException("event: " + event + " (expected: one that payments hears)");
        };
    }

    private Optional<Event> charge(OrderCreated created) {
        var id = created.orderId();
        var result = answered(provider.charge(id.toString(), created.total(), created.paymentToken()));
        return switch (result.status()) {
            case CAPTURED -> Optional.of(new PaymentCompleted(id, clock.instant(), result.amount()));
            case DECLINED -> Optional.of(new PaymentDeclined(id, clock.instant(), result.code()));
            case VOIDED -> Optional.empty();
        };
    }

    /** Lets no charge through from now on, and gives back what one has captured. */
    private Event undo(OrderCancelled cancelled) {
        var id = cancelled.orderId();
        ChargeResult charge = answered(provider.fence(id.toString()));
        if (charge.status() != Status.CAPTURED) {
            return new PaymentVoided(id, clock.instant());
        }
        var refund = answered(provider.refund("refund-" + id, id.toString(), charge.amount()));
        return new PaymentRefunded(id, clock.instant(), refund.amount());
    }

    private static <T> T answered(Response<T> response) {
        if (response.manner() != Manner.PROPERLY) {
            throw new NoAnswer(response.manner());
        }
        return response.answer();
    }
}
