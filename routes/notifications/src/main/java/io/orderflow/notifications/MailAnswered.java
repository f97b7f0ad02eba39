package io.orderflow.notifications;

import java.util.UUID;

/** What the mail server said of a mail that was to be sent. */
record MailAnswered(SendMail request, Verdict verdict) {

    /** An attempt has ended, and nobody knows how. */
    static MailAnswered unheard(SendMail request) {
        return new MailAnswered(request, Verdict.UNHEARD);
    }

    UUID orderId() {
        return request.orderId();
    }

    OrderOutcome outcome() {
        return request.outcome();
    }
}
