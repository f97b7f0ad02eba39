package io.orderflow.peers.saga.notifications;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends mails that are due, some over one connection, and marks them as sent in the transaction that locked them. Those
 * that were sent before a crash and not marked go out again.
 */
@Component
class MailRound {

    private static final String CLAIM = """
            select mail.id, mail.order_id, mail.outcome, recipient.name, recipient.email
            from notifications.mail join notifications.recipient using (order_id)
            where mail.state = 'DUE' order by mail.id limit ? for update of mail skip locked""";

    private final JdbcClient jdbc;
    private final JavaMailSender sender;
    private final int most;

    MailRound(JdbcClient jdbc, JavaMailSender sender, @Value("${peers.mails-a-round}") int most) {
        this.jdbc = jdbc;
        this.sender = sender;
        this.most = most;
    }

    private record Due(UUID id, UUID orderId, String outcome, String name, String email) {

        static Due of(ResultSet row, int number) throws SQLException {
            return new Due(
                    row.getObject(1, UUID.class),
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5));
        }
    }

    /** False if it was less than a full round. */
    @Transactional
    public boolean send() {
        var due = jdbc.sql(CLAIM).param(most).query(Due::of).list();
        if (due.isEmpty()) {
            return false;
        }
        Map<MimeMessage, UUID> letters = new LinkedHashMap<>();
        due.forEach(one -> letters.put(letter(one), one.id()));
        try {
            sender.send(letters.keySet().toArray(MimeMessage[]::new));
        } catch (MailSendException e) {
            e.getFailedMessages().keySet().forEach(letters::remove);
        }
        List<UUID> sent = new ArrayList<>(letters.values());
        if (!sent.isEmpty()) {
            jdbc.sql("update notifications.mail set state = 'SENT' where id in (:sent)")
                    .param("sent", sent)
                    .update();
        }
        return due.size() == most && sent.size() == due.size();
    }

    private MimeMessage letter(Due due) {
        var letter = sender.createMimeMessage();
        try {
            var helper = new MimeMessageHelper(letter, "UTF-8");
            helper.setFrom("shop@example.com");
            helper.setTo(due.email());
            helper.setSubject("Your order is " + due.outcome());
            helper.setText("Dear %s,%n%nyour order %s is %s.%n".formatted(due.name(), due.orderId(), due.outcome()));
            letter.setHeader("Message-ID", "<%s.%s@example.com>".formatted(due.orderId(), due.outcome()));
            return letter;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
