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

/** The recipients and mails that one transaction reads and changes. */
final class Notices implements UnitOfWork {

    private static final Logger log = LoggerFactory.getLogger(Notices.class);

    private final NoticeRows rows;
    private final MeterRegistry meters;
    private final ThreadLocal<Loaded> loaded = ThreadLocal.withInitial(Loaded::new);

    /** What this thread's transaction has loaded and changed. */
    private static final class Loaded {
        private final Map<UUID, Recipient> recipients = new HashMap<>();
        private final Map<UUID, Map<Outcome, Mail>> mails = new HashMap<>();
        private final Set<UUID> changedRecipients = new LinkedHashSet<>();
        private final Set<SendMail> changedMails = new LinkedHashSet<>();

        private Map<Outcome, Mail> mails(UUID order) {
            return mails.computeIfAbsent(order, none -> new EnumMap<>(Outcome.class));
        }
    }

    Notices(NoticeRows rows, MeterRegistry meters) {
        this.rows = rows;
        this.meters = meters;
        for (var outcome : Outcome.values()) {
            mails(outcome, true);
            mails(outcome, false);
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

    void record(MailAnswered answered) {
        var decision = Decisions.answered(recipient(answered.orderId()), mails(answered.orderId()), answered);
        apply(decision);
        decision.mails().forEach(mail -> mails(mail.outcome(), answered.sent()).increment());
        if (!answered.sent()) {
            log.warn(
                    "notifications: the mail server refuses the mail about {} of order {} for good",
                    answered.outcome(),
                    answered.orderId());
        }
    }

    /** There from the start, at zero, so that a rate sees the first mail. */
    private Counter mails(Outcome outcome, boolean sent) {
        var counter = sent
                ? Counter.builder("notifications.sent").description("mails that the mail server took")
                : Counter.builder("notifications.undeliverable")
                        .description("mails that the mail server refuses for good");
        return counter.tag("outcome", outcome.name().toLowerCase(Locale.ROOT)).register(meters);
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
    }

    @Override
    public void clear() {
        loaded.remove();
    }
}
