package io.orderflow.provider;

import io.orderflow.contracts.Money;
import io.orderflow.provider.ChargeResult.Status;
import io.orderflow.provider.Faults.Fault;
import io.orderflow.provider.Response.Manner;
import java.time.Duration;
import java.util.Optional;

/**
 * How the provider behaves: what it does is chosen by the charge's token, and by a rate of faults, and it remembers
 * everything in its books, so that a restart changes no answer. Callers in the same process and callers over HTTP meet
 * the same one.
 *
 * <pre>
 * tok_visa                 captured
 * tok_declined             declined, as is every token that it does not know
 * tok_slow                 captured after a while
 * tok_timeout_charged      captured, and the first answer is lost
 * tok_timeout_not_charged  the first call is lost, the second captured
 * tok_late_refusal         declined, and the first answer is lost
 * tok_answered_twice       captured, and the first answer comes twice in one
 * tok_garbage              captured, and the first answer cannot be read
 * tok_unavailable          "not now" to the first two calls, then captured
 * tok_refund_fails_twice   captured; "not now" to the first two refunds
 * </pre>
 */
public final class Simulator {

    /** How long {@code tok_slow} and slow calls take, unless somebody is in a hurry. */
    public static final Duration SLOW = Duration.ofSeconds(2);

    private static final int FAILING_CALLS = 2;

    private final Books books;
    private final Duration slow;
    private volatile Faults faults;

    public Simulator(Books books, Duration slow, Faults faults) {
        this.books = books;
        this.slow = slow;
        this.faults = faults;
    }

    /** From now on, other faults. */
    public void faults(Faults others) {
        faults = others;
    }

    public Books books() {
        return books;
    }

    /**
     * Charges, or tells what became of the charge with this key.
     *
     * @throws KeyReused if it came with another amount
     */
    public Response<ChargeResult> charge(String key, Money amount, String token) {
        return faults.areNone() || books.charge(key).isPresent()
                ? charge(key, amount, token, Manner.PROPERLY)
                : chargeWithFaults(key, amount, token);
    }

    private Response<ChargeResult> chargeWithFaults(String key, Money amount, String token) {
        if (faults.happens(Fault.UNAVAILABLE)) {
            return Response.unavailable();
        }
        if (faults.happens(Fault.TIME_OUT) || faults.happens(Fault.SLOW) && !takesTime()) {
            return Response.never();
        }
        if (faults.happens(Fault.LATE_REFUSAL)) {
            return decline(key, amount, "card_declined", Manner.NEVER);
        }
        return charge(key, amount, token, faults.happens(Fault.TIME_OUT_AFTER_CHARGE) ? Manner.NEVER : manner());
    }

    private Response<ChargeResult> charge(String key, Money amount, String token, Manner manner) {
        return switch (token) {
            case "tok_visa", "tok_refund_fails_twice" -> capture(key, amount, token, manner);
            case "tok_declined" -> decline(key, amount, "card_declined", Manner.PROPERLY);
            case "tok_slow" ->
                books.charge(key).isPresent() || takesTime() ? capture(key, amount, token, manner) : Response.never();
            case "tok_timeout_charged" -> capture(key, amount, token, Manner.NEVER);
            case "tok_timeout_not_charged" ->
                books.calls("charge", key) == 1 ? Response.never() : capture(key, amount, token, manner);
            case "tok_late_refusal" -> decline(key, amount, "card_declined", Manner.NEVER);
            case "tok_answered_twice" -> capture(key, amount, token, Manner.TWICE);
            case "tok_garbage" -> capture(key, amount, token, Manner.GARBLED);
            case "tok_unavailable" ->
                books.calls("charge", key) <= FAILING_CALLS
                        ? Response.unavailable()
                        : capture(key, amount, token, manner);
            default -> decline(key, amount, "unknown_token", Manner.PROPERLY);
        };
    }

    private Manner manner() {
        if (faults.happens(Fault.GARBAGE)) {
            return Manner.GARBLED;
        }
        return faults.happens(Fault.ANSWERED_TWICE) ? Manner.TWICE : Manner.PROPERLY;
    }

    /** The manner is that of the first answer; what is known already is told properly. */
    private Response<ChargeResult> capture(String key, Money amount, String token, Manner manner) {
        return books.captures(key, amount, token)
                ? new Response<>(new ChargeResult(key, Status.CAPTURED, amount, null), manner)
                : Response.properly(known(key, amount));
    }

    private Response<ChargeResult> decline(String key, Money amount, String code, Manner manner) {
        return books.declines(key, amount, code)
                ? new Response<>(new ChargeResult(key, Status.DECLINED, amount, code), manner)
                : Response.properly(known(key, amount));
    }

    private ChargeResult known(String key, Money amount) {
        return same(books.charge(key).orElseThrow(), amount);
    }

    private static ChargeResult same(ChargeResult charge, Money amount) {
        if (charge.amount() != null && !charge.amount().equals(amount)) {
            throw new KeyReused(charge.key());
        }
        return charge;
    }

    /** Lets no charge with this key through any more, and tells what it had captured. */
    public Response<ChargeResult> fence(String key) {
        if (faults.happens(Fault.UNAVAILABLE)) {
            return Response.unavailable();
        }
        return new Response<>(books.fence(key), manner());
    }

    /**
     * Gives back what a charge captured.
     *
     * @throws KeyReused if the key refunded something else
     */
    public Response<Refund> refund(String key, String chargeKey, Money amount) {
        if (failsNow(key, chargeKey) || faults.happens(Fault.REFUND_FAILS) || faults.happens(Fault.UNAVAILABLE)) {
            return Response.unavailable();
        }
        return new Response<>(books.refund(key, chargeKey, amount), manner());
    }

    private boolean failsNow(String key, String chargeKey) {
        return books.token(chargeKey).equals(Optional.of("tok_refund_fails_twice"))
                && books.calls("refund", key) <= FAILING_CALLS;
    }

    /** False if it is stopped meanwhile. */
    private boolean takesTime() {
        try {
            Thread.sleep(slow);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
