package io.orderflow.notifications;

import io.orderflow.messaging.fixture.RouteFixture;
import org.apache.camel.builder.RouteBuilder;

/** Notifications' routes with a mail server at their end. */
final class RoutesToServer {

    private RoutesToServer() {}

    static RouteFixture of(
            NoticesInMemory rows, Notices notices, NotificationsSettings settings, MailConnections connections) {
        return RouteFixture.of(
                        new RouteBuilder() {
                            @Override
                            public void configure() {
                                bindToRegistry("mailConnections", connections);
                            }
                        },
                        new NotificationsRoutes(
                                new NotificationsChannels(
                                        "direct:order-events",
                                        "direct:payment-events",
                                        "direct:order-contacts",
                                        "work:mails",
                                        settings.smtp("mailConnections"),
                                        "transaction:mail-answers"),
                                notices,
                                new Postman(rows, settings)))
                .with(notices);
    }
}
