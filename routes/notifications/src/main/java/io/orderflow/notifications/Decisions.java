package io.orderflow.notifications;

import io.orderflow.contracts.OrderContact;
import io.orderflow.notifications.Mail.State;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What notifications decides, as pure functions. Messages may come in any order and any number of times: a mail is due once, when both its outcome and the address are known. */
final class Decisions {

    private Decisions() {}

    /**
     * @param earlier the order's mails so far
     * @param mail about the outcome that has come
     */
    static Decision told(Recipient recipient, Collection<Mail> earlier, Mail mail) {
        if (earlier.stream().anyMatch(one -> one.outcome() == mail.outcome())) {
            return Decision.nothingNew(recipient);
        }
        if (recipient.erased()) {
            return new Decision(recipient, List.of(mail.in(State.ERASED)), List.of());
        }
        if (!recipient.isKnown()) {
            return new Decision(recipient, List.of(mail.in(State.WAITING)), List.of());
        }
        return due(recipient, List.of(mail));
    }

    static Decision learned(Recipient recipient, Collection<Mail> mails, OrderContact contact) {
        if (recipient.isKnown() || recipient.erased()) {
            return Decision.nothingNew(recipient);
        }
        return due(
                recipient.reachedAt(contact.name(), contact.email()),
                mails.stream().filter(mail -> mail.state() == State.WAITING).toList());
    }

    private static Decision due(Recipient recipient, List<Mail> mails) {
        return new Decision(
                recipient,
                mails.stream().map(mail -> mail.in(State.DUE)).toList(),
                mails.stream()
                        .map(mail -> new SendMail(mail.orderId(), mail.outcome()))
                        .toList());
    }

    static Decision forgotten(Recipient recipient, Collection<Mail> mails) {
        return new Decision(
                recipient.forgotten(),
                mails.stream()
                        .filter(mail -> mail.state() == State.WAITING || mail.state() == State.DUE)
                        .map(mail -> mail.in(State.ERASED))
                        .toList(),
                List.of());
    }

    /**
     * @param giveUpAfter how long the mail server may put a mail off
     */
    static Decision answered(Recipient recipient, Collection<Mail> mails, MailAnswered answered, Duration giveUpAfter) {
        var due = mails.stream()
                .filter(mail -> mail.outcome() == answered.outcome() && mail.state() == State.DUE)
                .toList();
        var later = answered.request().deferred();
        if (answered.reply() == Reply.DEFERRED && later.waited().compareTo(giveUpAfter) <= 0) {
            return new Decision(
                    recipient, List.of(), due.stream().map(mail -> later).toList());
        }
        var end = answered.reply() == Reply.TAKEN ? State.SENT : State.UNDELIVERABLE;
        return new Decision(recipient, due.stream().map(mail -> mail.in(end)).toList(), List.of());
    }
}
