package io.orderflow.notifications;

import java.util.UUID;

/** What the mail server said of a mail that was to be sent. */
record MailAnswered(SendMail request, Reply reply) {

    UUID orderId() {
        return request.orderId();
    }

    Outcome outcome() {
        return request.outcome();
    }
}
