package io.orderflow.notifications;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Recipients and mails in the schema {@code notifications}, one statement for a batch. */
final class JdbcNoticeRows implements NoticeRows {

    private static final String MAIL =
            "order_id, outcome, state, in_doubt, doubts, happened_at, reason, by, amount_minor, currency";

    private static final String LOCK_KNOWN = """
            select order_id, name, email, erased from notifications.recipient
            where order_id = any(?) order by order_id for no key update""";

    /** Mails that are not to be sent any more since before a time, at most so many. */
    static final String FORGET_MAILS = """
            delete from notifications.mail where ctid = any (array(
                select ctid from notifications.mail
                where updated_at < ? and state in ('SENT', 'UNDELIVERABLE', 'ERASED')
                limit ? for update skip locked))""";

    /** For how many seconds the oldest mail has waited for its address. */
    static final String OLDEST_WAITING = """
            select extract(epoch from clock_timestamp() - waiting_since) from notifications.mail
             where waiting_since is not null and state = 'WAITING' order by waiting_since limit 1""";

    /** An order's mails, and since when each is as it is. */
    static final String MAILS_OF_ORDER = """
            select outcome as kind, case when in_doubt then 'IN_DOUBT' else state end as state,
                   case when state = 'WAITING' then coalesce(waiting_since, updated_at) else updated_at end as since
            from notifications.mail where order_id = ? order by happened_at, outcome""";

    /** Recipients that came before a time and have no mail any more, at most so many. */
    static final String FORGET_RECIPIENTS = """
            delete from notifications.recipient where ctid = any (array(
                select ctid from notifications.recipient known
                where created_at < ? and not exists (
                    select from notifications.mail where mail.order_id = known.order_id)
                limit ? for update skip locked))""";

    private final JdbcTemplate jdbc;

    JdbcNoticeRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Recipient> lockRecipients(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        var ids = orders.toArray(UUID[]::new);
        // Locks those that are there without writing them anew.
        jdbc.update("""
                insert into notifications.recipient as known (order_id)
                select order_id from unnest(?::uuid[]) as row (order_id) order by order_id
                on conflict (order_id) do update set order_id = excluded.order_id where false""", (Object) ids);
        return jdbc.query(
                "select order_id, name, email, erased from notifications.recipient where order_id = any(?)",
                JdbcNoticeRows::recipient,
                (Object) ids);
    }

    @Override
    public List<Recipient> lockKnownRecipients(Collection<UUID> orders) {
        return jdbc.query(LOCK_KNOWN, JdbcNoticeRows::recipient, (Object) orders.toArray(UUID[]::new));
    }

    @Override
    public List<Mail> mails(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                "select " + MAIL + " from notifications.mail where order_id = any(?)", JdbcNoticeRows::mail, (Object)
                        orders.toArray(UUID[]::new));
    }

    @Override
    public void updateRecipients(Collection<Recipient> recipients) {
        if (recipients.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                update notifications.recipient set name = row.name, email = row.email, erased = row.erased
                from unnest(?::uuid[], ?::text[], ?::text[], ?::boolean[]) as row (order_id, name, email, erased)
                where recipient.order_id = row.order_id""",
                recipients.stream().map(Recipient::orderId).toArray(UUID[]::new),
                recipients.stream().map(Recipient::name).toArray(String[]::new),
                recipients.stream().map(Recipient::email).toArray(String[]::new),
                recipients.stream().map(Recipient::erased).toArray(Boolean[]::new));
    }

    @Override
    public void saveMails(Collection<Mail> mails) {
        if (mails.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                insert into notifications.mail
                    (order_id, outcome, state, in_doubt, doubts, happened_at, reason, by, amount_minor, currency,
                     waiting_since)
                select order_id, outcome, state, in_doubt, doubts, happened_at, reason, by, amount_minor, currency,
                       case when state = 'WAITING' then now() end
                from unnest(?::uuid[], ?::text[], ?::text[], ?::boolean[], ?::integer[], ?::timestamptz[], ?::text[],
                        ?::text[], ?::bigint[], ?::text[])
                    as row (order_id, outcome, state, in_doubt, doubts, happened_at, reason, by, amount_minor, currency)
                on conflict (order_id, outcome) do update set
                    state = excluded.state, in_doubt = excluded.in_doubt, doubts = excluded.doubts,
                    updated_at = now(), waiting_since = excluded.waiting_since""",
                mails.stream().map(Mail::orderId).toArray(UUID[]::new),
                mails.stream().map(mail -> mail.outcome().name()).toArray(String[]::new),
                mails.stream().map(JdbcNoticeRows::stored).map(Enum::name).toArray(String[]::new),
                mails.stream().map(mail -> mail.state() == Mail.State.IN_DOUBT).toArray(Boolean[]::new),
                mails.stream().map(Mail::doubts).toArray(Integer[]::new),
                mails.stream().map(mail -> mail.happenedAt().toString()).toArray(String[]::new),
                mails.stream().map(JdbcNoticeRows::reason).toArray(String[]::new),
                mails.stream().map(mail -> mail.facts().by()).toArray(String[]::new),
                mails.stream().map(JdbcNoticeRows::amount).toArray(Long[]::new),
                mails.stream().map(JdbcNoticeRows::currency).toArray(String[]::new));
    }

    @Override
    public List<Addressed> find(Collection<SendMail> requests) {
        return jdbc.query(
                """
                select order_id, outcome, state, in_doubt, doubts, happened_at, reason, by, amount_minor, currency,
                       name, email, erased
                from unnest(?::uuid[], ?::text[]) as asked (order_id, outcome)
                join notifications.mail using (order_id, outcome) join notifications.recipient using (order_id)""",
                (row, number) -> new Addressed(mail(row, number), recipient(row, number)),
                requests.stream().map(SendMail::orderId).toArray(UUID[]::new),
                requests.stream().map(request -> request.outcome().name()).toArray(String[]::new));
    }

    private static Recipient recipient(ResultSet row, int number) throws SQLException {
        return new Recipient(
                row.getObject("order_id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("erased"));
    }

    private static Mail mail(ResultSet row, int number) throws SQLException {
        var reason = row.getString("reason");
        var currency = row.getString("currency");
        return new Mail(
                row.getObject("order_id", UUID.class),
                OrderOutcome.valueOf(row.getString("outcome")),
                row.getBoolean("in_doubt") ? Mail.State.IN_DOUBT : Mail.State.valueOf(row.getString("state")),
                row.getTimestamp("happened_at").toInstant(),
                new Facts(
                        reason == null ? null : CancellationReason.valueOf(reason),
                        row.getString("by"),
                        currency == null ? null : new Money(row.getLong("amount_minor"), currency)),
                row.getInt("doubts"));
    }

    /** The version before reads these rows, too, and knows of no doubt: it is told beside the state. */
    private static Mail.State stored(Mail mail) {
        return mail.state() == Mail.State.IN_DOUBT ? Mail.State.UNDELIVERABLE : mail.state();
    }

    private static String reason(Mail mail) {
        return mail.facts().reason() == null ? null : mail.facts().reason().name();
    }

    private static Long amount(Mail mail) {
        return mail.facts().amount() == null ? null : mail.facts().amount().amountMinor();
    }

    private static String currency(Mail mail) {
        return mail.facts().amount() == null ? null : mail.facts().amount().currency();
    }
}
