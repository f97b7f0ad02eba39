package io.orderflow.notifications;

import java.time.Duration;
import java.util.Properties;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of notifications, {@code orderflow.notifications.*}.
 *
 * @param smtpHost the mail server
 * @param tls {@code none}, {@code starttls} (required) or {@code tls} from the first byte
 * @param username null for a server that asks for none
 * @param from who the mails come from; its domain stands in their Message-IDs
 * @param connections how many connections to the mail server are open at once, besides one for each mail in the slow
 *     lane; more mails wait
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for each answer that is about no mail: the greeting, the login, whether a
 *     connection is still there
 * @param recipientTimeout how long to wait for each answer about a mail before its last dot; RFC 5321 (4.5.3.2) asks
 *     for five minutes
 * @param takenTimeout how long to wait for the answer to the last dot; RFC 5321 asks for ten minutes, and less makes
 *     copies
 * @param idleTimeout how long a connection that no mail needs stays open; shorter than the server's own patience
 * @param giveUpAfter how long the server may put a mail off before it is undeliverable
 * @param retention how long names, addresses and sent mails are kept; longer than any event of an order
 *     can still arrive, or its mail would go out again
 */
@ConfigurationProperties(prefix = "orderflow.notifications", ignoreUnknownFields = false)
record NotificationsSettings(
        @DefaultValue("localhost") String smtpHost,
        @DefaultValue("2525") int smtpPort,
        @DefaultValue("none") String tls,
        String username,
        String password,
        @DefaultValue("shop@orderflow.example") String from,
        @DefaultValue("32") int connections,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("5m") Duration recipientTimeout,
        @DefaultValue("10m") Duration takenTimeout,
        @DefaultValue("30s") Duration idleTimeout,
        @DefaultValue("3d") Duration giveUpAfter,
        @DefaultValue("90d") Duration retention) {

    NotificationsSettings {
        if (!tls.matches("none|starttls|tls")) {
            throw new IllegalArgumentException(
                    "orderflow.notifications.tls: " + tls + " (expected: none, starttls or tls)");
        }
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "orderflow.notifications.connections: " + connections + " (expected: >= 1)");
        }
    }

    /** The mail server as an endpoint, whose connections a bean keeps. */
    String smtp(String connections) {
        return protocol() + "://" + smtpHost + ":" + smtpPort + "?javaMailSender=#" + connections;
    }

    String protocol() {
        return tls.equals("tls") ? "smtps" : "smtp";
    }

    /**
     * The mail library's own settings. Its time-out is for the answers that are about no mail; {@link PatientTransport}
     * has the others.
     */
    Properties mailProperties() {
        var prefix = "mail." + protocol() + ".";
        var properties = new Properties();
        properties.setProperty(prefix + "connectiontimeout", millis(connectTimeout));
        properties.setProperty(prefix + "timeout", millis(readTimeout));
        properties.setProperty(prefix + "writetimeout", millis(recipientTimeout));
        properties.setProperty(prefix + "auth", String.valueOf(username != null));
        properties.setProperty(prefix + "starttls.enable", String.valueOf(tls.equals("starttls")));
        properties.setProperty(prefix + "starttls.required", String.valueOf(tls.equals("starttls")));
        properties.setProperty(prefix + "quitwait", "false");
        return properties;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "NotificationsSettings[" + smtpHost + ":" + smtpPort + ", " + tls + "]";
    }
}
