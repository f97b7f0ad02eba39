package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.counter.Schemas;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/** For how long a key is recognised: as long as is promised, and the row is gone after it. */
class KeyRetentionTest {

    private final JdbcTemplate jdbc = new JdbcTemplate(Schemas.fresh(Role.ORDERS));

    @Test
    void aKeyGoesSevenDaysAfterItsUseAndNoneEarlier() {
        var defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("orderflow.orders", OrdersSettings.class);
        var keys = new OrdersModule().placementKeys(defaults);
        assertThat(keys.age()).isEqualTo(Duration.ofDays(7));
        jdbc.update("""
                insert into orders.idempotency_key (caller, operation, key, body_sha256, claimed_at)
                values ('ada', 'place-order', 'kept', '', now() - interval '7 days' + interval '1 hour'),
                       ('ada', 'place-order', 'gone', '', now() - interval '7 days' - interval '1 hour'),
                       ('eve', 'place-order', 'gone', '', now())""");

        assertThat(jdbc.update(keys.sql(), Timestamp.from(Instant.now().minus(keys.age())), 100))
                .isOne();

        assertThat(jdbc.queryForList(
                        "select caller || ' ' || key from orders.idempotency_key order by caller", String.class))
                .containsExactly("ada kept", "eve gone");
    }
}
