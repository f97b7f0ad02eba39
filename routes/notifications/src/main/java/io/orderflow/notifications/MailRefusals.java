package io.orderflow.notifications;

import jakarta.mail.MessagingException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Reads what a mail server's refusal is about: this very mail, or us. A server that knows neither our name, our
 * password nor our address (a refused {@code MAIL FROM}, say) would refuse every mail, so it counts as away: the mail
 * is tried again for as long as it takes an operator to repair that, and no mail is lost by it.
 *
 * <p>Of this mail the server says for good that the address is none, or, after the last dot, that it does not take the
 * message. What passes by its nature counts as deferred, though the reply begins with a five: a full or disabled
 * mailbox, a server that has no room or is being repaired, a network's trouble, and what is said by policy (5.7.x,
 * relaying denied, a block list), which is often repaired within days. Codes are those of RFC 5321 and RFC 3463.
 */
final class MailRefusals {

    /** Mailbox unavailable, not local, not allowed; bad syntax; a domain that takes no mail. */
    private static final Set<Integer> CODES_OF_NO_RECIPIENT = Set.of(501, 550, 551, 553, 556);

    private static final Set<Integer> CODES_SAID_TO_US = Set.of(421, 503, 530, 535, 538);

    /** 5.1.7 and 5.1.8 are about who sends: many servers refuse that only when they hear for whom it is. */
    private static final Pattern SENDER_REFUSED = Pattern.compile("5\\d\\d[ -]5\\.1\\.[78]\\b.*", Pattern.DOTALL);

    private static final Pattern ENHANCED = Pattern.compile("5\\d\\d[ -]([245])\\.(\\d{1,3}\\.\\d{1,3})\\b");

    /** Exceeded storage; a mailbox is emptied some day (RFC 5321, 4.5.3.1.10). */
    private static final int STORAGE_EXCEEDED = 552;

    /**
     * The mailbox: its state, disabled, full, its list not expanded. The server: its state, full, taking none, wrongly
     * configured. The network. A policy.
     */
    private static final Pattern PASSES = Pattern.compile("2\\.[0124]|3\\.[0125]|4\\.\\d+|7\\.\\d+");

    /** Messages that are too large for the mailbox or the server do not get smaller. */
    private static final Set<String> TOO_LARGE = Set.of("2.3", "3.4");

    private MailRefusals() {}

    /** Whether the server said something about this very mail. */
    static boolean isAboutTheMail(Exchange exchange) {
        return verdict(exchange) != null;
    }

    /** The answer to the mail whose sending failed. */
    static MailAnswered answer(Exchange exchange) {
        return exchange.getMessage().getBody(Letter.class).answered(verdict(exchange));
    }

    /** Throws a failure that is not about the mail, without the server's words. */
    static void rethrow(Exchange exchange) throws MessagingException {
        var caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, MessagingException.class);
        for (Throwable failure = caught; failure != null; failure = before(failure)) {
            switch (failure) {
                case SMTPAddressFailedException e ->
                    throw new RefusedByServer(e.getCommand(), e.getReturnCode(), e.getMessage());
                case SMTPSenderFailedException e ->
                    throw new RefusedByServer(e.getCommand(), e.getReturnCode(), e.getMessage());
                case SMTPSendFailedException e ->
                    throw new RefusedByServer(e.getCommand(), e.getReturnCode(), e.getMessage());
                default -> {}
            }
        }
        throw caught;
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
                        case UnheardAnswer e -> Verdict.UNHEARD;
                        case SMTPSendFailedException e -> verdict(e.getCommand(), e.getReturnCode(), e.getMessage());
                        default -> null;
                    };
            if (verdict != null) {
                return verdict;
            }
            failure = before(failure);
        }
        return null;
    }

    private static Throwable before(Throwable failure) {
        return failure instanceof MessagingException messaging && messaging.getNextException() != null
                ? messaging.getNextException()
                : failure.getCause();
    }

    private static Verdict verdict(String command, int code, String said) {
        boolean toRecipient = command.startsWith("RCPT");
        boolean toMessage = command.equals(".");
        boolean aboutTheMail = toRecipient || toMessage || command.equals("DATA");
        if (code < 400
                || CODES_SAID_TO_US.contains(code)
                || SENDER_REFUSED.matcher(said).matches()
                || !aboutTheMail) {
            return null;
        }
        boolean forGood = toRecipient ? CODES_OF_NO_RECIPIENT.contains(code) : toMessage && code >= 500;
        return forGood && !passes(code, said) ? Verdict.REFUSED : Verdict.DEFERRED;
    }

    private static boolean passes(int code, String said) {
        var enhanced = ENHANCED.matcher(said);
        if (!enhanced.lookingAt()) {
            return code == STORAGE_EXCEEDED;
        }
        var about = enhanced.group(2);
        return !enhanced.group(1).equals("5")
                || PASSES.matcher(about).matches()
                || code == STORAGE_EXCEEDED && !TOO_LARGE.contains(about);
    }
}
