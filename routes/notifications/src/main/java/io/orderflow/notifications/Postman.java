package io.orderflow.notifications;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;

/** Writes letters from rows. */
final class Postman {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final NoticeRows rows;
    private final NotificationsSettings settings;

    Postman(NoticeRows rows, NotificationsSettings settings) {
        this.rows = rows;
        this.settings = settings;
    }

    /**
     * The letter that was asked for; its answer at once if the address is none; or null if it is not due any more.
     */
    Object write(SendMail request) {
        var found = rows.find(request.orderId(), request.outcome())
                .filter(addressed -> addressed.mail().state() == Mail.State.DUE);
        if (found.isEmpty()) {
            return null;
        }
        var mail = found.get().mail();
        try {
            return new Letter(
                    request,
                    settings.from(),
                    address(found.get().recipient()),
                    subject(mail),
                    text(mail, found.get().recipient()));
        } catch (MessagingException e) {
            return new MailAnswered(request, Verdict.REFUSED);
        }
    }

    private static InternetAddress address(Recipient recipient) throws MessagingException {
        try {
            var address = new InternetAddress(recipient.email(), true);
            if (!address.getAddress().equals(recipient.email())) {
                throw new MessagingException("email: not one plain address");
            }
            address.setPersonal(plain(recipient.name()), StandardCharsets.UTF_8.name());
            return address;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A name on one line, without control characters. */
    private static String plain(String name) {
        return name.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String subject(Mail mail) {
        return "Your order " + mail.orderId()
                + switch (mail.outcome()) {
                    case CONFIRMED -> " is confirmed";
                    case CANCELLED -> " is cancelled";
                    case REFUNDED -> " is refunded";
                };
    }

    private static String text(Mail mail, Recipient recipient) {
        var time = time(mail.happenedAt());
        var news =
                switch (mail.outcome()) {
                    case CONFIRMED ->
                        "your order was confirmed on " + time + ". You paid " + money(mail.amount()) + ".";
                    case CANCELLED ->
                        "your order was cancelled on " + time + ", because " + because(mail.reason()) + ".";
                    case REFUNDED -> "on " + time + " we gave back the " + money(mail.amount()) + " that you had paid.";
                };
        return "Dear %s,\n\n%s\n\nOrder %s\n".formatted(plain(recipient.name()), news, mail.orderId());
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String because(CancellationReason reason) {
        return switch (reason) {
            case PAYMENT_DECLINED -> "the payment was declined";
            case OUT_OF_STOCK -> "something that you ordered is out of stock";
            case CUSTOMER -> "you asked for it";
            case DEADLINE -> "we could not complete it in time";
        };
    }

    /** In minor units where the currency is one that this JVM does not know. */
    private static String money(Money money) {
        return Currency.getAvailableCurrencies().stream()
                .filter(known -> known.getCurrencyCode().equals(money.currency()))
                .findFirst()
                .map(known -> BigDecimal.valueOf(money.amountMinor(), Math.max(0, known.getDefaultFractionDigits()))
                                .toPlainString()
                        + " " + money.currency())
                .orElseGet(() -> money.amountMinor() + " minor units of " + money.currency());
    }
}
