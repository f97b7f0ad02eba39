package io.orderflow.notifications;

import io.orderflow.contracts.OrderContact;
import io.orderflow.notifications.Mail.State;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What becomes of an order's mails, whatever arrives, in whatever order, however often. Pure functions.
 *
 * <p>A mail is due once, when both its outcome and the address are known. Each outcome has its mail, even two that
 * cannot both be true: orders and inventory refuse those, and the customer is told what orders and payments said.
 */
final class Decisions {

    private Decisions() {}

    /**
     * Tells the customer of an outcome, once: now, or when the address is known.
     *
     * @param earlier the order's mails so far
     * @param mail about the outcome that has come
     */
    static Decision tell(Recipient recipient, Collection<Mail> earlier, Mail mail) {
        if (earlier.stream().anyMatch(one -> one.outcome() == mail.outcome())) {
            return Decision.nothing(recipient);
        }
        if (recipient.erased()) {
            return new Decision(recipient, List.of(mail.in(State.ERASED)), List.of());
        }
        if (!recipient.isKnown()) {
            return new Decision(recipient, List.of(mail.in(State.WAITING)), List.of());
        }
        return request(recipient, List.of(mail));
    }

    /** Learns where the customer is reached; the mails that waited for it are due. */
    static Decision learn(Recipient recipient, Collection<Mail> mails, OrderContact contact) {
        if (recipient.isKnown() || recipient.erased()) {
            return Decision.nothing(recipient);
        }
        return request(
                recipient.reachedAt(contact.name(), contact.email()),
                mails.stream().filter(mail -> mail.state() == State.WAITING).toList());
    }

    private static Decision request(Recipient recipient, List<Mail> mails) {
        return new Decision(
                recipient,
                mails.stream().map(mail -> mail.in(State.DUE)).toList(),
                mails.stream()
                        .map(mail -> new SendMail(mail.orderId(), mail.outcome()))
                        .toList());
    }

    /** Forgets the customer for good; mails that did not go out by now never do. */
    static Decision forget(Recipient recipient, Collection<Mail> mails) {
        return new Decision(
                recipient.forgotten(),
                mails.stream()
                        .filter(mail -> mail.state() == State.WAITING || mail.state() == State.DUE)
                        .map(mail -> mail.in(State.ERASED))
                        .toList(),
                List.of());
    }

    /**
     * Records what the mail server has said of a mail; one that was put off is asked for again, and so is one of which
     * nobody heard what it said, a few times.
     *
     * @param giveUpAfter how long the mail server may put a mail off
     */
    static Decision record(Recipient recipient, Collection<Mail> mails, MailAnswered answered, Duration giveUpAfter) {
        var due = mails.stream()
                .filter(mail -> mail.outcome() == answered.outcome() && mail.state() == State.DUE)
                .toList();
        var request = answered.request();
        return switch (answered.verdict()) {
            case TAKEN -> ended(recipient, due, State.SENT);
            case REFUSED -> ended(recipient, due, State.UNDELIVERABLE);
            case DEFERRED ->
                request.deferred().waited().compareTo(giveUpAfter) <= 0
                        ? again(recipient, due, request.deferred())
                        : ended(recipient, due, State.UNDELIVERABLE);
            case UNHEARD ->
                request.doubted().doubts() < SendMail.MOST_DOUBTS
                        ? doubted(recipient, due, request.doubted())
                        : ended(recipient, due, State.IN_DOUBT);
        };
    }

    private static Decision ended(Recipient recipient, List<Mail> due, State end) {
        return new Decision(recipient, due.stream().map(mail -> mail.in(end)).toList(), List.of());
    }

    /** The number is what the attempt began with and one: that is the same if it is recorded twice. */
    private static Decision doubted(Recipient recipient, List<Mail> due, SendMail later) {
        return new Decision(
                recipient,
                due.stream().map(mail -> mail.doubted(later.doubts())).toList(),
                due.stream().map(mail -> later).toList());
    }

    private static Decision again(Recipient recipient, List<Mail> due, SendMail later) {
        return new Decision(
                recipient, List.of(), due.stream().map(mail -> later).toList());
    }
}
