package io.orderflow.notifications;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Recipients and mails in the schema {@code notifications}, one statement for a batch. */
final class JdbcNoticeRows implements NoticeRows {

    private static final String MAIL = "order_id, outcome, state, happened_at, reason, amount_minor, currency";

    private final JdbcTemplate jdbc;

    JdbcNoticeRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Recipient> lockRecipients(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.query("""
                insert into notifications.recipient as known (order_id)
                select order_id from unnest(?::uuid[]) as row (order_id) order by order_id
                on conflict (order_id) do update set order_id = excluded.order_id
                returning order_id, name, email, erased""", statement -> statement.setArray(1, uuids(statement, orders)), JdbcNoticeRows::recipient);
    }

    @Override
    public List<Mail> mails(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                "select " + MAIL + " from notifications.mail where order_id = any(?)",
                statement -> statement.setArray(1, uuids(statement, orders)),
                JdbcNoticeRows::mail);
    }

    @Override
    public void updateRecipients(Collection<Recipient> recipients) {
        if (recipients.isEmpty()) {
            return;
        }
        jdbc.update("""
                update notifications.recipient set name = row.name, email = row.email, erased = row.erased
                from unnest(?::uuid[], ?::text[], ?::text[], ?::boolean[]) as row (order_id, name, email, erased)
                where recipient.order_id = row.order_id""", statement -> {
            statement.setArray(1, array(statement, "uuid", recipients, Recipient::orderId));
            statement.setArray(2, array(statement, "text", recipients, Recipient::name));
            statement.setArray(3, array(statement, "text", recipients, Recipient::email));
            statement.setArray(4, array(statement, "boolean", recipients, Recipient::erased));
        });
    }

    @Override
    public void saveMails(Collection<Mail> mails) {
        if (mails.isEmpty()) {
            return;
        }
        jdbc.update("""
                insert into notifications.mail (order_id, outcome, state, happened_at, reason, amount_minor, currency)
                select order_id, outcome, state, happened_at, reason, amount_minor, currency
                from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bigint[], ?::text[])
                    as row (order_id, outcome, state, happened_at, reason, amount_minor, currency)
                on conflict (order_id, outcome) do update set state = excluded.state, updated_at = now()""", statement -> {
            statement.setArray(1, array(statement, "uuid", mails, Mail::orderId));
            statement.setArray(
                    2, array(statement, "text", mails, mail -> mail.outcome().name()));
            statement.setArray(
                    3, array(statement, "text", mails, mail -> mail.state().name()));
            statement.setArray(4, array(statement, "timestamptz", mails, mail -> Timestamp.from(mail.happenedAt())));
            statement.setArray(
                    5,
                    array(
                            statement,
                            "text",
                            mails,
                            mail -> mail.reason() == null ? null : mail.reason().name()));
            statement.setArray(
                    6,
                    array(
                            statement,
                            "bigint",
                            mails,
                            mail -> mail.amount() == null ? null : mail.amount().amountMinor()));
            statement.setArray(
                    7,
                    array(
                            statement,
                            "text",
                            mails,
                            mail -> mail.amount() == null ? null : mail.amount().currency()));
        });
    }

    @Override
    public Optional<Addressed> find(UUID order, OrderOutcome outcome) {
        return jdbc
                .query(
                        """
                        select order_id, outcome, state, happened_at, reason, amount_minor, currency, name, email, erased
                        from notifications.mail join notifications.recipient using (order_id)
                        where order_id = ? and outcome = ?""",
                        (row, number) -> new Addressed(mail(row, number), recipient(row, number)),
                        order,
                        outcome.name())
                .stream()
                .findFirst();
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
                Mail.State.valueOf(row.getString("state")),
                row.getTimestamp("happened_at").toInstant(),
                reason == null ? null : CancellationReason.valueOf(reason),
                currency == null ? null : new Money(row.getLong("amount_minor"), currency));
    }

    private static Array uuids(PreparedStatement statement, Collection<UUID> orders) throws SQLException {
        return statement.getConnection().createArrayOf("uuid", orders.toArray());
    }

    private static <T> Array array(
            PreparedStatement statement, String type, Collection<T> rows, Function<T, Object> value)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(type, rows.stream().map(value).toArray());
    }
}
