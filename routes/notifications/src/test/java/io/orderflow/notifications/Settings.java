package io.orderflow.notifications;

import java.time.Duration;

/** Notifications' settings for a mail server on this machine. */
final class Settings {

    static final int CONNECTIONS = 4;

    private Settings() {}

    static NotificationsSettings of(int port) {
        return of(port, "none", null, Duration.ofSeconds(30));
    }

    static NotificationsSettings of(int port, String tls, String username, Duration idleTimeout) {
        return of(
                port, tls, username, idleTimeout, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    /** One whose patience differs from phase to phase. */
    static NotificationsSettings of(int port, Duration read, Duration recipient, Duration taken) {
        return of(port, "none", null, Duration.ofSeconds(30), read, recipient, taken);
    }

    private static NotificationsSettings of(
            int port,
            String tls,
            String username,
            Duration idleTimeout,
            Duration read,
            Duration recipient,
            Duration taken) {
        return new NotificationsSettings(
                "localhost",
                port,
                tls,
                username,
                username == null ? null : "secret",
                "shop@orderflow.example",
                CONNECTIONS,
                Duration.ofSeconds(2),
                read,
                recipient,
                taken,
                idleTimeout,
                Duration.ofDays(3),
                Duration.ofDays(90));
    }
}
