package io.orderflow.notifications;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.StreamProvider;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;

/**
 * A mail as it goes over the wire. Its Message-ID depends on the order and the outcome alone, so that a receiver
 * recognises a second copy; the mail library would give each copy a new one.
 */
final class Letter extends MimeMessage {

    static {
        // Where the property is not set, each header and each body searches the class path for its encoder, which costs
        // more than the rest of the mail.
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    /** For all letters: one of its own would search the class path likewise. */
    private static final Session SESSION = Session.getInstance(new Properties());

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final SendMail request;
    private final String messageId;

    Letter(SendMail request, String from, InternetAddress to, String subject, String text) throws MessagingException {
        super(SESSION);
        this.request = request;
        var sender = new InternetAddress(from, true);
        var domain = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
        this.messageId =
                "<" + request.orderId() + "." + request.outcome().name().toLowerCase(Locale.ROOT) + "@" + domain + ">";
        setFrom(sender);
        setRecipient(RecipientType.TO, to);
        setHeader("Subject", MimeUtility.fold("Subject: ".length(), HeaderText.of(subject)));
        setText(text, UTF_8, "plain");
        setHeader("X-Orderflow-Outcome-Id", request.orderId() + "/" + request.outcome());
        setHeader("Auto-Submitted", "auto-generated");
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    MailAnswered taken() {
        return answered(Verdict.TAKEN);
    }

    MailAnswered answered(Verdict verdict) {
        return new MailAnswered(request, verdict);
    }
}
