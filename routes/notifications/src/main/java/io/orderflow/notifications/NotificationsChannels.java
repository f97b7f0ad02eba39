package io.orderflow.notifications;

import static io.orderflow.contracts.Role.NOTIFICATIONS;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;

/**
 * Where notifications' messages come in and go out.
 *
 * @param mails what the workers are to send
 * @param smtp the mail server
 * @param mailAnswers where it is recorded what became of a mail
 */
record NotificationsChannels(
        String orderEvents, String paymentEvents, String orderContacts, String mails, String smtp, String mailAnswers) {

    static NotificationsChannels declared(NotificationsSettings settings) {
        return new NotificationsChannels(
                Participant.hears(NOTIFICATIONS, Topology.ORDER_EVENTS),
                Participant.hears(NOTIFICATIONS, Topology.PAYMENT_EVENTS),
                Participant.hears(NOTIFICATIONS, Topology.ORDER_CONTACTS),
                Participant.work(NOTIFICATIONS, "send-mail"),
                settings.smtp("mailConnections"),
                Participant.transaction(NOTIFICATIONS, "record-mail"));
    }
}
