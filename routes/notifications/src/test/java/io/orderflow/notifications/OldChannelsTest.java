package io.orderflow.notifications;

import static io.orderflow.contracts.Role.NOTIFICATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.schema.Migrations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class OldChannelsTest {

    @Test
    void mailsThatWaitUnderTheNameOfBeforeAreCarriedOver() {
        var database = Schemas.fresh(NOTIFICATIONS);
        var jdbc = new JdbcTemplate(database);
        jdbc.execute("set role notifications_migrator;"
                + " delete from notifications.migrations_notifications where version::integer > 1;"
                + " alter table notifications.mail drop column in_doubt, drop column doubts, drop column waiting_since,"
                + " drop column by;"
                + " reset role");
        jdbc.update("""
                insert into notifications.work (id, channel, order_id, subject, body)
                values (gen_random_uuid(), 'notifications.mail', gen_random_uuid(), 'CONFIRMED', '{}')""");

        Migrations.migrate(database, NOTIFICATIONS, List.of());

        assertThat(jdbc.queryForList("select 'work:' || channel from notifications.work", String.class))
                .containsExactly(NotificationsChannels.declared(Settings.of(25)).mails());
    }
}
