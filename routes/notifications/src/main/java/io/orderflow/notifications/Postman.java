package io.orderflow.notifications;

import io.orderflow.messaging.WorkHeaders;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.util.Map;

/** Writes letters from rows. */
final class Postman {

    private final SharedReading mails;
    private final NotificationsSettings settings;

    Postman(NoticeRows rows, NotificationsSettings settings) {
        this.mails = new SharedReading(rows);
        this.settings = settings;
    }

    /**
     * The letter that was asked for; its answer at once if the address is none, or if nobody knows what became of the
     * attempt before; or null if it is not due any more.
     *
     * @param headers whether it is in doubt, by {@link WorkHeaders#IN_DOUBT}
     */
    Object write(SendMail request, Map<String, Object> headers) {
        var found = mails.find(request).filter(addressed -> addressed.mail().state() == Mail.State.DUE);
        if (found.isEmpty()) {
            return null;
        }
        var mail = found.get().mail();
        var counted = request.with(mail.doubts());
        if ((boolean) headers.get(WorkHeaders.IN_DOUBT)) {
            return MailAnswered.unheard(counted);
        }
        try {
            return new Letter(
                    counted,
                    settings.from(),
                    address(found.get().recipient()),
                    subject(mail),
                    text(mail, found.get().recipient()));
        } catch (MessagingException e) {
            return new MailAnswered(counted, Verdict.REFUSED);
        }
    }

    private static InternetAddress address(Recipient recipient) throws MessagingException {
        var address = new Addressee(recipient.email(), plain(recipient.name()));
        if (!address.getAddress().equals(recipient.email())) {
            throw new MessagingException("email: not one plain address");
        }
        return address;
    }

    /** A name on one line, without control characters. */
    private static String plain(String name) {
        return name.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String subject(Mail mail) {
        return "Your order " + mail.orderId() + " " + mail.outcome().happened();
    }

    private static String text(Mail mail, Recipient recipient) {
        var news = mail.outcome().news(Wording.time(mail.happenedAt()), mail.facts());
        return "Dear %s,\n\n%s\n\nOrder %s\n".formatted(plain(recipient.name()), news, mail.orderId());
    }
}
