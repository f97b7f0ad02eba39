package io.orderflow.notifications;

import static io.orderflow.notifications.Wording.because;
import static io.orderflow.notifications.Wording.money;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.PaymentRefunded;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a customer is told about an order, each at most once: the event that brings it about, what of the event is kept
 * for the mail, and the mail's words. One more kind of mail is one more constant here, its name in the table's check,
 * and the event in the declaration.
 */
enum OrderOutcome {
    CONFIRMED(
            OrderConfirmed.class,
            event -> Facts.of(event.total()),
            "is confirmed",
            (time, facts) -> "your order was confirmed on " + time + ". You paid " + money(facts.amount()) + "."),
    CANCELLED(
            OrderCancelled.class,
            event -> Facts.of(event.reason(), event.by()),
            "is cancelled",
            (time, facts) -> "your order was cancelled on " + time + ", because " + because(facts) + "."),
    REFUNDED(
            PaymentRefunded.class,
            event -> Facts.of(event.amount()),
            "is refunded",
            (time, facts) -> "on " + time + " we gave back the " + money(facts.amount()) + " that you had paid.");

    private final Class<? extends Event> type;
    private final Function<Event, Facts> facts;
    private final String happened;
    private final BiFunction<String, Facts, String> news;

    <E extends Event> OrderOutcome(
            Class<E> type, Function<E, Facts> facts, String happened, BiFunction<String, Facts, String> news) {
        this.type = type;
        this.facts = event -> facts.apply(type.cast(event));
        this.happened = happened;
        this.news = news;
    }

    static OrderOutcome of(Event event) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.type.isInstance(event))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "event: " + Event.typeOf(event.getClass()) + " (expected: one that the declaration names)"));
    }

    /** What of the event that brought it about is kept for the mail. */
    Facts factsOf(Event event) {
        return facts.apply(event);
    }

    /** What the subject says has happened to the order. */
    String happened() {
        return happened;
    }

    /** The sentence that tells it. */
    String news(String time, Facts told) {
        return news.apply(time, told);
    }
}
