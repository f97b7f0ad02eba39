package io.orderflow.notifications;

import java.util.UUID;

/** What the mail server said of a mail that was to be sent. */
record MailAnswered(SendMail request, Verdict verdict) {

    UUID orderId() {
        return request.orderId();
    }

    OrderOutcome outcome() {
        return request.outcome();
    }
}
