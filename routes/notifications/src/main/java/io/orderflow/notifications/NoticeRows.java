package io.orderflow.notifications;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where recipients and mails are kept, a batch at a time. */
interface NoticeRows {

    /**
     * The recipients of these orders, made where there is none, and locked until the transaction ends. The lock is what
     * keeps an outcome and an address that come at the same time, on two channels, from missing each other.
     */
    List<Recipient> lockRecipients(Collection<UUID> orders);

    /** The same for orders whose recipients are known to be there; locks those that are, and makes none. */
    List<Recipient> lockKnownRecipients(Collection<UUID> orders);

    /** The mails of these orders, under the lock of their recipients. */
    List<Mail> mails(Collection<UUID> orders);

    void updateRecipients(Collection<Recipient> recipients);

    /** Stores mails, whether they were there or not. */
    void saveMails(Collection<Mail> mails);

    /** Those of these mails that there are, with their recipients as they stand now, without a lock. */
    List<Addressed> find(Collection<SendMail> requests);

    /** One of them. */
    default Optional<Addressed> find(UUID order, OrderOutcome outcome) {
        return find(List.of(new SendMail(order, outcome))).stream().findFirst();
    }

    /** A mail and where it goes. */
    record Addressed(Mail mail, Recipient recipient) {}
}
