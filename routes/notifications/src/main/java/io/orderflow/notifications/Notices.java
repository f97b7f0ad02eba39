package io.orderflow.notifications;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderContact;
import io.orderflow.messaging.PerTransaction;
import io.orderflow.messaging.UnitOfWork;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications' unit of work. It locks and loads what a batch of messages is about, lets {@link Decisions} decide on
 * one message after the other, each seeing what those before it changed, and writes the sum of the changes. A batch of
 * one is the same code.
 *
 * <p>Recipients are locked by their orders' ids, so that batches wait for each other and never in a circle.
 */
final class Notices implements UnitOfWork {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final NoticeRows rows;
    private final MeterRegistry meters;
    private final Duration giveUpAfter;
    private final PerTransaction<LoadedNotices> loaded = new PerTransaction<>("notices");

    /**
     * @param giveUpAfter how long the mail server may put a mail off
     */
    Notices(NoticeRows rows, MeterRegistry meters, Duration giveUpAfter) {
        this.rows = rows;
        this.meters = meters;
        this.giveUpAfter = giveUpAfter;
        for (var outcome : OrderOutcome.values()) {
            sent(outcome);
            undeliverable(outcome);
            deferred(outcome);
            unheard(outcome);
            inDoubt(outcome);
        }
    }

    /** An outcome has come: its mail is due at once, or waits for the address. */
    List<SendMail> tell(Event event) {
        return loaded.get().apply(Decisions.tell(recipient(event.orderId()), mails(event.orderId()), mailAbout(event)));
    }

    private static Mail mailAbout(Event event) {
        var outcome = OrderOutcome.of(event);
        return new Mail(event.orderId(), outcome, Mail.State.WAITING, event.occurredAt(), outcome.factsOf(event));
    }

    /** The address has come: the mails that waited for it are due. */
    List<SendMail> learn(OrderContact contact) {
        return loaded.get().apply(Decisions.learn(recipient(contact.orderId()), mails(contact.orderId()), contact));
    }

    void forget(ContactErased erased) {
        loaded.get().apply(Decisions.forget(recipient(erased.orderId()), mails(erased.orderId())));
    }

    /** What became of a mail; a mail that was put off is to be sent again. */
    List<SendMail> record(MailAnswered answered) {
        var decision =
                Decisions.record(recipient(answered.orderId()), mails(answered.orderId()), answered, giveUpAfter);
        return loaded.get().applyAnswer(answered.verdict(), decision);
    }

    @Override
    public void load(List<?> messages) {
        var orders = orders(messages);
        loaded.set(new LoadedNotices(lock(orders, messages), rows.mails(orders)));
    }

    /** Whose mail was answered is known, so that nothing has to be written to lock them. */
    private List<Recipient> lock(Set<UUID> orders, List<?> messages) {
        if (messages.stream().allMatch(MailAnswered.class::isInstance)) {
            var known = rows.lockKnownRecipients(orders);
            if (known.size() == orders.size()) {
                return known;
            }
        }
        return rows.lockRecipients(orders);
    }

    @Override
    public void flush() {
        rows.updateRecipients(loaded.get().changedRecipients());
        rows.saveMails(loaded.get().changedMails());
    }

    @Override
    public void committed() {
        loaded.get().answered().forEach(this::count);
    }

    @Override
    public void clear() {
        loaded.clear();
    }

    private void count(LoadedNotices.Answered answered) {
        boolean isUnheard = answered.verdict() == Verdict.UNHEARD;
        for (var request : answered.decision().says()) {
            (isUnheard ? unheard(request.outcome()) : deferred(request.outcome())).increment();
        }
        for (var mail : answered.decision().mails()) {
            if (mail.state() == Mail.State.DUE) {
                continue;
            }
            if (isUnheard) {
                unheard(mail.outcome()).increment();
            }
            countEnd(mail);
        }
    }

    private void countEnd(Mail mail) {
        switch (mail.state()) {
            case SENT -> sent(mail.outcome()).increment();
            case IN_DOUBT -> {
                inDoubt(mail.outcome()).increment();
                log.warn(
                        "notifications: the mail about {} of order {} is in doubt: nobody heard what became of {}"
                                + " attempts, and there is no other",
                        mail.outcome(),
                        mail.orderId(),
                        SendMail.MOST_DOUBTS);
            }
            default -> {
                undeliverable(mail.outcome()).increment();
                log.warn(
                        "notifications: the mail about {} of order {} is undeliverable:"
                                + " refused for good, or put off for {}",
                        mail.outcome(),
                        mail.orderId(),
                        giveUpAfter);
            }
        }
    }

    private Counter sent(OrderOutcome outcome) {
        return mails("notifications.sent", "mails that the mail server took", outcome);
    }

    private Counter undeliverable(OrderOutcome outcome) {
        return mails(
                "notifications.undeliverable",
                "mails that the mail server refuses for good, or has put off for too long",
                outcome);
    }

    private Counter deferred(OrderOutcome outcome) {
        return mails("notifications.deferred", "attempts that the mail server put off", outcome);
    }

    private Counter unheard(OrderOutcome outcome) {
        return mails("notifications.unheard", "attempts whose end nobody heard; each may have made a copy", outcome);
    }

    private Counter inDoubt(OrderOutcome outcome) {
        return mails(
                "notifications.in.doubt",
                "mails that are not sent again, for nobody heard whether they were taken",
                outcome);
    }

    /** There from the start, at zero, so that a rate sees the first mail. */
    private Counter mails(String name, String description, OrderOutcome outcome) {
        return Counter.builder(name)
                .description(description)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private Recipient recipient(UUID order) {
        return loaded.get().recipient(order);
    }

    private Collection<Mail> mails(UUID order) {
        return loaded.get().mails(order);
    }

    private static Set<UUID> orders(List<?> messages) {
        return messages.stream()
                .map(Notices::orderOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static UUID orderOf(Object message) {
        return switch (message) {
            case Event event -> event.orderId();
            case MailAnswered answered -> answered.orderId();
            default -> null;
        };
    }
}
