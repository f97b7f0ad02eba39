package io.orderflow.notifications;

import java.util.List;

/**
 * What is to become of an order's recipient and mails, and which mails are to be sent now.
 *
 * @param mails those that changed
 */
record Decision(Recipient recipient, List<Mail> mails, List<SendMail> requests) {

    static Decision nothingNew(Recipient recipient) {
        return new Decision(recipient, List.of(), List.of());
    }
}
