package io.orderflow.notifications;

import jakarta.mail.MessagingException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Reads what a mail server's refusal is about: this very mail, or us. A server that knows neither our name, our
 * password nor our address (a refused {@code MAIL FROM}, say) would refuse every mail, so it counts as away: the mail
 * is tried again for as long as it takes an operator to repair that, and no mail is lost by it.
 *
 * <p>Of this mail the server says for good that the address is none, or, after the last dot, that it does not take the
 * message. What it says by policy (5.7.x, relaying denied, a block list) is often repaired within days, so it counts as
 * deferred.
 */
final class MailRefusals {

    /**
     * Mailbox unavailable, not local, not allowed; bad syntax. 552, a full mailbox, is emptied some day (RFC 5321,
     * 4.5.3.1.10).
     */
    private static final Set<Integer> CODES_OF_NO_RECIPIENT = Set.of(501, 550, 551, 553);

    private static final Set<Integer> CODES_SAID_TO_US = Set.of(421, 503, 530, 535, 538);
    private static final Pattern POLICY = Pattern.compile("5\\d\\d[ -]5\\.7\\.\\d.*", Pattern.DOTALL);

    private MailRefusals() {}

    /** Whether the server said something about this very mail. */
    static boolean isAboutTheMail(Exchange exchange) {
        return verdict(exchange) != null;
    }

    /** The answer to the mail whose sending failed. */
    static MailAnswered answer(Exchange exchange) {
        return exchange.getMessage().getBody(Letter.class).answered(verdict(exchange));
    }

    private static Verdict verdict(Exchange exchange) {
        // While a doCatch is being chosen, the failure is the exchange's; only then does it become the property.
        Throwable failure = exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        while (failure != null) {
            var verdict =
                    switch (failure) {
                        case SMTPAddressFailedException e -> verdict(e.getCommand(), e.getReturnCode(), e.getMessage());
                        case SMTPSendFailedException e -> verdict(e.getCommand(), e.getReturnCode(), e.getMessage());
                        default -> null;
                    };
            if (verdict != null) {
                return verdict;
            }
            failure = failure instanceof MessagingException messaging && messaging.getNextException() != null
                    ? messaging.getNextException()
                    : failure.getCause();
        }
        return null;
    }

    private static Verdict verdict(String command, int code, String said) {
        boolean toRecipient = command.startsWith("RCPT");
        boolean toMessage = command.equals(".");
        if (code < 400 || CODES_SAID_TO_US.contains(code) || !toRecipient && !toMessage && !command.equals("DATA")) {
            return null;
        }
        boolean forGood = toRecipient ? CODES_OF_NO_RECIPIENT.contains(code) : toMessage && code >= 500;
        return forGood && !POLICY.matcher(said).matches() ? Verdict.REFUSED : Verdict.DEFERRED;
    }
}
