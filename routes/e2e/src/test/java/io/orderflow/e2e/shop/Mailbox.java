package io.orderflow.e2e.shop;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.testkit.Ports;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** A real SMTP server that takes every mail, and lets tests read them. */
public final class Mailbox implements AutoCloseable {

    private final int port = Ports.free();
    private final GreenMail server = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));

    public Mailbox() {
        server.start();
    }

    public int port() {
        return port;
    }

    /** The mails to an address, in the order in which they came. */
    public synchronized List<Mail> to(String address) {
        var user = server.getUserManager().getUserByEmail(address);
        if (user == null) {
            return List.of();
        }
        try {
            return server.getManagers().getImapHostManager().getInbox(user).getMessages().stream()
                    .map(stored -> Mail.of(stored.getMimeMessage()))
                    .toList();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        server.stop();
    }

    /** What a customer sees of a mail. */
    public record Mail(String to, String subject, String messageId) {

        private static Mail of(MimeMessage message) {
            try {
                return new Mail(
                        message.getRecipients(Message.RecipientType.TO)[0]
                                .toString()
                                .replaceAll(".*<(.*)>", "$1"),
                        message.getSubject(),
                        message.getMessageID());
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
