package io.orderflow.notifications;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The recipients and mails that one transaction has loaded, as its decisions have left them so far. */
final class LoadedNotices {

    private final Map<UUID, Recipient> recipients;
    private final Map<UUID, Map<OrderOutcome, Mail>> mails = new HashMap<>();
    private final Set<UUID> changedRecipients = new LinkedHashSet<>();
    private final Set<SendMail> changedMails = new LinkedHashSet<>();
    private final List<Answered> answered = new ArrayList<>();

    /** What was decided about one of the mail server's answers. */
    record Answered(Verdict verdict, Decision decision) {}

    LoadedNotices(List<Recipient> recipients, List<Mail> mails) {
        this.recipients = new HashMap<>(recipients.stream().collect(toMap(Recipient::orderId, Function.identity())));
        mails.forEach(this::put);
    }

    Recipient recipient(UUID order) {
        return recipients.get(order);
    }

    /** An order's mails as they stand now. */
    Collection<Mail> mails(UUID order) {
        return List.copyOf(mailsOf(order).values());
    }

    /** Makes a decision hold, and gives what it says. */
    List<SendMail> apply(Decision decision) {
        var recipient = decision.recipient();
        if (!recipient.equals(recipients.put(recipient.orderId(), recipient))) {
            changedRecipients.add(recipient.orderId());
        }
        decision.mails().forEach(mail -> {
            put(mail);
            changedMails.add(new SendMail(mail.orderId(), mail.outcome()));
        });
        return decision.says();
    }

    /** Makes a decision about the mail server's answer hold, likewise. */
    List<SendMail> applyAnswer(Verdict verdict, Decision decision) {
        answered.add(new Answered(verdict, decision));
        return apply(decision);
    }

    List<Recipient> changedRecipients() {
        return changedRecipients.stream().map(recipients::get).toList();
    }

    List<Mail> changedMails() {
        return changedMails.stream()
                .map(key -> mailsOf(key.orderId()).get(key.outcome()))
                .toList();
    }

    /** What was decided about the mail server's answers. */
    List<Answered> answered() {
        return answered;
    }

    private void put(Mail mail) {
        mailsOf(mail.orderId()).put(mail.outcome(), mail);
    }

    private Map<OrderOutcome, Mail> mailsOf(UUID order) {
        return mails.computeIfAbsent(order, none -> new EnumMap<>(OrderOutcome.class));
    }
}
