package io.orderflow.notifications;

import java.util.List;

/**
 * What is to become of an order's recipient and mails, and what is to be said about it.
 *
 * @param mails those that changed
 * @param says the requests to send a mail; empty for nothing
 */
record Decision(Recipient recipient, List<Mail> mails, List<SendMail> says) {

    /** The message was here before, or comes too late to matter. */
    static Decision nothing(Recipient recipient) {
        return new Decision(recipient, List.of(), List.of());
    }
}
