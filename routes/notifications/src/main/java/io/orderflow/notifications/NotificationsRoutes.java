package io.orderflow.notifications;

import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderContact;
import jakarta.mail.MessagingException;
import org.apache.camel.builder.RouteBuilder;

/** Notifications' part in the order saga: a mail for each outcome, as soon as the customer's address is known. */
final class NotificationsRoutes extends RouteBuilder {

    private final NotificationsChannels channels;
    private final Notices notices;
    private final Postman postman;

    NotificationsRoutes(NotificationsChannels channels, Notices notices, Postman postman) {
        this.channels = channels;
        this.notices = notices;
        this.postman = postman;
    }

    @Override
    public void configure() {
        orderEvents();
        paymentEvents();
        orderContacts();
        requestMail();
        sendMail();
        recordMail();
    }

    private void orderEvents() {
        from(channels.orderEvents()).routeId("notifications.order-events")
            .to("direct:notifications.request-mail");
    }

    private void paymentEvents() {
        from(channels.paymentEvents()).routeId("notifications.payment-events")
            .to("direct:notifications.request-mail");
    }

    private void orderContacts() {
        from(channels.orderContacts()).routeId("notifications.order-contacts")
            .choice()
                .when(body().isInstanceOf(OrderContact.class))
                    .transform().body(OrderContact.class, notices::learn)       // the mails that waited for it
                    .to(channels.mails())
                .when(body().isInstanceOf(ContactErased.class))
                    .process().body(ContactErased.class, notices::forget);
    }

    private void requestMail() {
        from("direct:notifications.request-mail").routeId("notifications.request-mail")
            .transform().body(Event.class, notices::tell)                       // SendMail, once the address is known
            .to(channels.mails());
    }

    private void sendMail() {
        from(channels.mails()).routeId("notifications.send-mail")
            .transform().body(SendMail.class, postman::write)                   // Letter | MailAnswered | nothing
            .filter(body().isInstanceOf(Letter.class))
                // Do not remove: a header could steer the mail session (CVE-2026-46584).
                .removeHeaders("*")
                .doTry()
                    .to(channels.smtp())
                    .transform().body(Letter.class, Letter::taken)
                .endDoTry()
                .doCatch(MessagingException.class).onWhen(MailRefusals::isAboutTheMail)
                    .setBody(MailRefusals::answer)
                .doCatch(MessagingException.class)
                    .process(MailRefusals::rethrow)
                .end()
            .end()
            .filter(body().isInstanceOf(MailAnswered.class))
                .to(channels.mailAnswers());
    }

    private void recordMail() {
        from(channels.mailAnswers()).routeId("notifications.record-mail")
            .transform().body(MailAnswered.class, notices::record)              // SendMail again, put off or unheard
            .to(channels.mails());
    }
}
