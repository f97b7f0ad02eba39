package io.orderflow.notifications;

import io.orderflow.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;

/** How mails write times, amounts and reasons, in English. */
final class Wording {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Wording() {}

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String because(Facts facts) {
        return switch (facts.reason()) {
            case PAYMENT_DECLINED -> "the payment was declined";
            case OUT_OF_STOCK -> "something that you ordered is out of stock";
            case CUSTOMER -> facts.by() == null ? "you asked for it" : "our staff called it off for you";
            case DEADLINE -> "we could not complete it in time";
        };
    }

    /** In minor units where the currency is one that this JVM does not know. */
    static String money(Money money) {
        try {
            int digits = Currency.getInstance(money.currency()).getDefaultFractionDigits();
            return BigDecimal.valueOf(money.amountMinor(), Math.max(0, digits)).toPlainString() + " "
                    + money.currency();
        } catch (IllegalArgumentException e) {
            return money.amountMinor() + " minor units of " + money.currency();
        }
    }
}
