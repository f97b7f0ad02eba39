package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Money;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.Planned;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** With 100,000 mails stored no statement looks at all of them, and what happens to one touches no index. */
class PlansTest {

    private static final String MOVED = """
            select n_tup_upd - n_tup_hot_upd from pg_stat_xact_user_tables
            where relid = 'notifications.%s'::regclass""";

    private final Planned database = new Planned(Schemas.fresh(Role.NOTIFICATIONS));
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final JdbcNoticeRows rows = new JdbcNoticeRows(jdbc);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    private final List<UUID> orders =
            Stream.generate(UUID::randomUUID).limit(300).toList();

    @Test
    void eachStatementLooksAtTheMailsConcerned() {
        jdbc.execute("insert into notifications.recipient (order_id, name, email)"
                + " select uuidv7(), 'Ada', 'ada@example.com' from generate_series(1, 100000)");
        jdbc.execute("insert into notifications.mail (order_id, outcome, state, happened_at, waiting_since)"
                + " select order_id, 'CONFIRMED', 'SENT', now(), null from notifications.recipient");
        jdbc.execute("set role notifications_migrator; analyze notifications.mail; analyze notifications.recipient");
        database.plans();

        rows.updateRecipients(rows.lockRecipients(orders));
        rows.saveMails(mails(Mail.State.DUE));
        rows.mails(orders);
        rows.find(orders.getFirst(), OrderOutcome.CONFIRMED);
        jdbc.queryForList(JdbcNoticeRows.OLDEST_WAITING, Double.class);
        var longAgo = Timestamp.from(Instant.now().minusSeconds(3_600));
        OwnPlan.update(jdbc, JdbcNoticeRows.FORGET_MAILS, longAgo, 100);
        OwnPlan.update(jdbc, JdbcNoticeRows.FORGET_RECIPIENTS, longAgo, 100);

        assertThat(database.wholeTables()).isEmpty();
    }

    @Test
    void aMailAndItsRecipientStayInTheirPages() {
        rows.lockRecipients(orders);
        var named = orders.stream()
                .map(order -> new Recipient(order, "Ada Lovelace", "ada.lovelace@example.com", false))
                .toList();
        transaction.executeWithoutResult(status -> {
            rows.updateRecipients(named);
            assertThat(moved("recipient")).isZero();
        });
        rows.saveMails(mails(Mail.State.DUE));
        transaction.executeWithoutResult(status -> {
            rows.lockRecipients(orders);
            rows.saveMails(mails(Mail.State.SENT));
            assertThat(moved("mail")).isZero();
            assertThat(jdbc.queryForObject(MOVED.replace(" - n_tup_hot_upd", "").formatted("recipient"), Long.class))
                    .as("who locks writes nothing")
                    .isZero();
        });
    }

    private long moved(String table) {
        return jdbc.queryForObject(MOVED.formatted(table), Long.class);
    }

    private List<Mail> mails(Mail.State state) {
        return orders.stream()
                .map(order -> new Mail(
                        order,
                        OrderOutcome.CONFIRMED,
                        state,
                        Instant.EPOCH,
                        new Facts(null, null, new Money(1290, "EUR")),
                        0))
                .toList();
    }
}
