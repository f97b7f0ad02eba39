package io.orderflow.notifications;

import io.orderflow.messaging.model.Kept;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Recipients and mails in maps. */
class NoticesInMemory implements NoticeRows, Kept {

    final Map<UUID, Recipient> recipients = new HashMap<>();
    final Map<SendMail, Mail> mails = new HashMap<>();

    @Override
    public List<Recipient> lockRecipients(Collection<UUID> orders) {
        return orders.stream()
                .map(order -> recipients.computeIfAbsent(order, none -> new Recipient(order, null, null, false)))
                .toList();
    }

    @Override
    public List<Recipient> lockKnownRecipients(Collection<UUID> orders) {
        return orders.stream().map(recipients::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Mail> mails(Collection<UUID> orders) {
        return mails.values().stream()
                .filter(mail -> orders.contains(mail.orderId()))
                .toList();
    }

    @Override
    public void updateRecipients(Collection<Recipient> changed) {
        changed.forEach(recipient -> recipients.put(recipient.orderId(), recipient));
    }

    @Override
    public void saveMails(Collection<Mail> changed) {
        changed.forEach(mail -> mails.put(new SendMail(mail.orderId(), mail.outcome()), mail));
    }

    @Override
    public List<Addressed> find(Collection<SendMail> requests) {
        return requests.stream()
                .map(mails::get)
                .filter(Objects::nonNull)
                .map(mail -> new Addressed(mail, recipients.get(mail.orderId())))
                .toList();
    }

    private record Saved(Map<UUID, Recipient> recipients, Map<SendMail, Mail> mails) {}

    @Override
    public Object save() {
        return new Saved(Map.copyOf(recipients), Map.copyOf(mails));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        recipients.clear();
        recipients.putAll(state.recipients());
        mails.clear();
        mails.putAll(state.mails());
    }
}
