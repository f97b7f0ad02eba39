package io.orderflow.bench.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Notes who is to be told what; a mail waits until both its outcome and its recipient are known. */
final class BareNotices implements BareConsumer.Service {

    private static final Map<String, String> OUTCOMES =
            Map.of("OrderConfirmed", "CONFIRMED", "OrderCancelled", "CANCELLED", "PaymentRefunded", "REFUNDED");

    private final BareMailer mailer;
    private final List<BareMailer.Letter> due = new ArrayList<>();

    BareNotices(BareMailer mailer) {
        this.mailer = mailer;
    }

    private record Recipient(String name, String email) {}

    @Override
    public List<Said> handle(Connection transaction, List<Said> events) throws SQLException {
        due.clear();
        contacts(
                transaction,
                events.stream().filter(event -> event.is("OrderContact")).toList());
        outcomes(
                transaction,
                events.stream()
                        .filter(event -> OUTCOMES.containsKey(event.type()))
                        .toList());
        return List.of();
    }

    @Override
    public void committed(List<Said> events) {
        due.forEach(mailer::send);
    }

    private void contacts(Connection transaction, List<Said> contacts) throws SQLException {
        if (contacts.isEmpty()) {
            return;
        }
        Columns.of(contacts, Said::order)
                .text(contacts, contact -> contact.payload().get("name").textValue())
                .text(contacts, contact -> contact.payload().get("email").textValue())
                .update(
                        transaction,
                        "insert into notifications_recipient (order_id, name, email) select * from unnest(?, ?, ?)");
        due.addAll(Columns.of(contacts, Said::order)
                .query(
                        transaction,
                        """
                        update notifications_mail set state = 'DUE', updated_at = now() from notifications_recipient to_whom
                        where notifications_mail.order_id = any(?) and state = 'WAITING'
                            and to_whom.order_id = notifications_mail.order_id
                        returning to_whom.order_id, outcome, name, email""",
                        row -> new BareMailer.Letter(
                                row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4))));
    }

    private void outcomes(Connection transaction, List<Said> outcomes) throws SQLException {
        if (outcomes.isEmpty()) {
            return;
        }
        Map<UUID, Recipient> known = new HashMap<>();
        Columns.of(outcomes, Said::order)
                .query(
                        transaction,
                        "select order_id, name, email from notifications_recipient where order_id = any(?)",
                        row -> known.put(
                                row.getObject(1, UUID.class), new Recipient(row.getString(2), row.getString(3))));
        Columns.of(outcomes, Said::order)
                .text(outcomes, event -> OUTCOMES.get(event.type()))
                .text(outcomes, event -> known.containsKey(event.order()) ? "DUE" : "WAITING")
                .update(transaction, """
                        insert into notifications_mail (order_id, outcome, state, happened_at)
                        select id, outcome, state, now() from unnest(?, ?, ?) as row (id, outcome, state)""");
        for (var event : outcomes) {
            var to = known.get(event.order());
            if (to != null) {
                due.add(new BareMailer.Letter(event.order(), OUTCOMES.get(event.type()), to.name(), to.email()));
            }
        }
    }
}
