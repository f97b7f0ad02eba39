package io.orderflow.notifications;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of notifications, {@code orderflow.notifications.*}.
 *
 * @param smtpHost the mail server
 * @param tls {@code none}, {@code starttls} (required) or {@code tls} from the first byte
 * @param username null for a server that asks for none
 * @param from who the mails come from; its domain stands in their Message-IDs
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the server's answers; the one after the last dot may take minutes
 * @param retention how long names, addresses and sent mails are kept
 */
@ConfigurationProperties(prefix = "orderflow.notifications", ignoreUnknownFields = false)
record NotificationsSettings(
        @DefaultValue("localhost") String smtpHost,
        @DefaultValue("2525") int smtpPort,
        @DefaultValue("none") String tls,
        String username,
        String password,
        @DefaultValue("shop@orderflow.example") String from,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("90d") Duration retention) {

    NotificationsSettings {
        if (!tls.matches("none|starttls|tls")) {
            throw new IllegalArgumentException(
                    "orderflow.notifications.tls: " + tls + " (expected: none, starttls or tls)");
        }
    }

    /** The mail server as an endpoint. */
    String smtp() {
        var uri = new StringBuilder(tls.equals("tls") ? "smtps" : "smtp")
                .append("://")
                .append(smtpHost)
                .append(':')
                .append(smtpPort)
                .append("?connectionTimeout=")
                .append(connectTimeout.toMillis())
                .append("&additionalJavaMailProperties.mail.smtp.timeout=")
                .append(readTimeout.toMillis())
                .append("&additionalJavaMailProperties.mail.smtp.writetimeout=")
                .append(readTimeout.toMillis());
        if (tls.equals("starttls")) {
            uri.append("&additionalJavaMailProperties.mail.smtp.starttls.enable=true")
                    .append("&additionalJavaMailProperties.mail.smtp.starttls.required=true");
        }
        if (username != null) {
            uri.append("&username=").append(raw(username)).append("&password=").append(raw(password));
        }
        return uri.toString();
    }

    private static String raw(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "NotificationsSettings[" + smtpHost + ":" + smtpPort + ", " + tls + "]";
    }
}
