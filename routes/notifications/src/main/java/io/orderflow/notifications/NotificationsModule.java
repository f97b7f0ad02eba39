package io.orderflow.notifications;

import static io.orderflow.contracts.Role.NOTIFICATIONS;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.KeptOfOrder;
import io.orderflow.messaging.Limits;
import io.orderflow.messaging.Participant;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.messaging.Waiting;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The notifications service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationsSettings.class)
public class NotificationsModule implements ServiceModule {

    @Override
    public Role role() {
        return NOTIFICATIONS;
    }

    @Override
    public List<String> callsOutside() {
        return List.of("smtp");
    }

    @Bean
    NoticeRows noticeRows(JdbcTemplate jdbc) {
        return new JdbcNoticeRows(jdbc);
    }

    @Bean
    Notices notices(NoticeRows noticeRows, MeterRegistry meters, NotificationsSettings settings) {
        return new Notices(noticeRows, meters, settings.giveUpAfter());
    }

    @Bean
    Participant notifications(Notices notices) {
        return new Participant(this, notices);
    }

    @Bean
    MailConnections mailConnections(NotificationsSettings settings, Limits limits) {
        return new MailConnections(settings, limits.slowWorkers("notifications.send-mail"));
    }

    @Bean
    NotificationsRoutes notificationsRoutes(Notices notices, NoticeRows noticeRows, NotificationsSettings settings) {
        return new NotificationsRoutes(
                NotificationsChannels.declared(settings), notices, new Postman(noticeRows, settings));
    }

    @Bean
    Retention finishedMails(NotificationsSettings settings, Limits limits) {
        return new Retention(
                NOTIFICATIONS,
                "finished mails",
                limits.outlivingInbox("orderflow.notifications.retention", settings.retention()),
                JdbcNoticeRows.FORGET_MAILS);
    }

    /** A mail waits for its address; that it is never said is seen here. */
    @Bean
    Waiting mailsWithoutAddress() {
        return new Waiting(
                NOTIFICATIONS,
                "notifications.waiting.oldest.age.seconds",
                "how long the oldest mail waits for its address",
                JdbcNoticeRows.OLDEST_WAITING);
    }

    /** To whom they go is no affair of whoever asks. */
    @Bean
    KeptOfOrder mailsOfOrder() {
        return new KeptOfOrder(NOTIFICATIONS, "mail", JdbcNoticeRows.MAILS_OF_ORDER);
    }

    @Bean
    Retention oldRecipients(NotificationsSettings settings, Limits limits) {
        return new Retention(
                NOTIFICATIONS,
                "recipients",
                limits.outlivingParked("orderflow.notifications.retention", settings.retention())
                        .plusDays(1),
                JdbcNoticeRows.FORGET_RECIPIENTS);
    }
}
