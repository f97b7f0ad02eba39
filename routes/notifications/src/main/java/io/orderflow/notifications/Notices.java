package io.orderflow.notifications;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.messaging.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The recipients and mails that one transaction reads and changes. */
final class Notices implements UnitOfWork {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final NoticeRows rows;
    private final MeterRegistry meters;
    private final Duration giveUpAfter;
    private final ThreadLocal<Loaded> loaded = ThreadLocal.withInitial(Loaded::new);

    /** What this thread's transaction has loaded and changed. */
    private static final class Loaded {
        private final Map<UUID, Recipient> recipients = new HashMap<>();
        private final Map<UUID, Map<Outcome, Mail>> mails = new HashMap<>();
        private final Set<UUID> changedRecipients = new LinkedHashSet<>();
        private final Set<SendMail> changedMails = new LinkedHashSet<>();
        private final List<Runnable> news = new ArrayList<>();

        private Map<Outcome, Mail> mails(UUID order) {
            return mails.computeIfAbsent(order, none -> new EnumMap<>(Outcome.class));
        }
    }

    /**
     * @param giveUpAfter how long the mail server may put a mail off
     */
    Notices(NoticeRows rows, MeterRegistry meters, Duration giveUpAfter) {
        this.rows = rows;
        this.meters = meters;
        this.giveUpAfter = giveUpAfter;
        for (var outcome : Outcome.values()) {
            sent(outcome);
            undeliverable(outcome);
            deferred(outcome);
        }
    }

    @Override
    public void load(List<?> messages) {
        var orders = messages.stream()
                .map(Notices::orderOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (orders.isEmpty()) {
            return;
        }
        var mine = loaded.get();
        rows.lockRecipients(orders).forEach(recipient -> mine.recipients.put(recipient.orderId(), recipient));
        rows.mails(orders).forEach(mail -> mine.mails(mail.orderId()).put(mail.outcome(), mail));
    }

    private static UUID orderOf(Object message) {
        return switch (message) {
            case Event event -> event.orderId();
            case MailAnswered answered -> answered.orderId();
            default -> null;
        };
    }

    /** An outcome has come: its mail is due at once, or waits for the address. */
    List<SendMail> tell(Event event) {
        return apply(Decisions.told(recipient(event.orderId()), mails(event.orderId()), mailAbout(event)));
    }

    private static Mail mailAbout(Event event) {
        var order = event.orderId();
        var at = event.occurredAt();
        return switch (event) {
            case OrderConfirmed confirmed ->
                new Mail(order, Outcome.CONFIRMED, Mail.State.WAITING, at, null, confirmed.total());
            case OrderCancelled cancelled ->
                new Mail(order, Outcome.CANCELLED, Mail.State.WAITING, at, cancelled.reason(), null);
            case PaymentRefunded refunded ->
                new Mail(order, Outcome.REFUNDED, Mail.State.WAITING, at, null, refunded.amount());
            default ->
                throw new IllegalArgumentException(
                        "event: " + Event.typeOf(event.getClass()) + " (expected: one that the declaration names)");
        };
    }

    /** The address has come: the mails that waited for it are due. */
    List<SendMail> learn(OrderContact contact) {
        return apply(Decisions.learned(recipient(contact.orderId()), mails(contact.orderId()), contact));
    }

    void forget(ContactErased erased) {
        apply(Decisions.forgotten(recipient(erased.orderId()), mails(erased.orderId())));
    }

    /** What became of a mail; a mail that was put off is to be sent again. */
    List<SendMail> record(MailAnswered answered) {
        var decision =
                Decisions.answered(recipient(answered.orderId()), mails(answered.orderId()), answered, giveUpAfter);
        loaded.get().news.add(() -> tell(decision));
        return apply(decision);
    }

    private void tell(Decision decision) {
        decision.requests().forEach(request -> deferred(request.outcome()).increment());
        for (var mail : decision.mails()) {
            if (mail.state() == Mail.State.SENT) {
                sent(mail.outcome()).increment();
            } else {
                undeliverable(mail.outcome()).increment();
                log.warn(
                        "notifications: the mail about {} of order {} is undeliverable: refused for good, or put off for {}",
                        mail.outcome(),
                        mail.orderId(),
                        giveUpAfter);
            }
        }
    }

    private Counter sent(Outcome outcome) {
        return mails("notifications.sent", "mails that the mail server took", outcome);
    }

    private Counter undeliverable(Outcome outcome) {
        return mails(
                "notifications.undeliverable",
                "mails that the mail server refuses for good, or has put off for too long",
                outcome);
    }

    private Counter deferred(Outcome outcome) {
        return mails("notifications.deferred", "attempts that the mail server put off", outcome);
    }

    /** There from the start, at zero, so that a rate sees the first mail. */
    private Counter mails(String name, String description, Outcome outcome) {
        return Counter.builder(name)
                .description(description)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private Recipient recipient(UUID order) {
        return Objects.requireNonNull(
                loaded.get().recipients.get(order), "recipient: not loaded (expected: in a flow)");
    }

    private Collection<Mail> mails(UUID order) {
        return List.copyOf(loaded.get().mails(order).values());
    }

    private List<SendMail> apply(Decision decision) {
        var mine = loaded.get();
        var recipient = decision.recipient();
        if (!recipient.equals(mine.recipients.put(recipient.orderId(), recipient))) {
            mine.changedRecipients.add(recipient.orderId());
        }
        decision.mails().forEach(mail -> {
            mine.mails(mail.orderId()).put(mail.outcome(), mail);
            mine.changedMails.add(new SendMail(mail.orderId(), mail.outcome()));
        });
        return decision.requests();
    }

    @Override
    public void flush() {
        var mine = loaded.get();
        if (!mine.changedRecipients.isEmpty()) {
            rows.updateRecipients(
                    mine.changedRecipients.stream().map(mine.recipients::get).toList());
        }
        if (!mine.changedMails.isEmpty()) {
            rows.saveMails(mine.changedMails.stream()
                    .map(key -> mine.mails(key.orderId()).get(key.outcome()))
                    .toList());
        }
        afterCommit(mine.news);
    }

    /** A transaction that does not commit has sent nothing. */
    private static void afterCommit(List<Runnable> news) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            news.forEach(Runnable::run);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                news.forEach(Runnable::run);
            }
        });
    }

    @Override
    public void clear() {
        loaded.remove();
    }
}
