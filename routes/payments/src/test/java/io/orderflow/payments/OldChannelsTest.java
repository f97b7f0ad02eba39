package io.orderflow.payments;

import static io.orderflow.contracts.Role.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.schema.Migrations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class OldChannelsTest {

    private static final String OF_BEFORE = """
            insert into payments.work (id, channel, order_id, subject, body)
            values (gen_random_uuid(), ?, gen_random_uuid(), '', '{}')""";

    @Test
    void requestsThatWaitUnderTheNamesOfBeforeAreCarriedOver() {
        var database = Schemas.fresh(PAYMENTS);
        var jdbc = new JdbcTemplate(database);
        jdbc.execute("set role payments_migrator;"
                + " delete from payments.migrations_payments where version::integer >= 3; reset role");
        jdbc.update(OF_BEFORE, "payments.charge");
        jdbc.update(OF_BEFORE, "payments.undo");

        Migrations.migrate(database, PAYMENTS, List.of());

        var channels = PaymentsChannels.declared();
        assertThat(jdbc.queryForList("select 'work:' || channel from payments.work order by channel", String.class))
                .containsExactly(channels.charges(), channels.undos());
    }
}
