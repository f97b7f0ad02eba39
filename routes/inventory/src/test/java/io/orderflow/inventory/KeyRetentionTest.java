package io.orderflow.inventory;

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

    private final JdbcTemplate jdbc = new JdbcTemplate(Schemas.fresh(Role.INVENTORY));

    @Test
    void aKeyGoesSevenDaysAfterItsUseAndNoneEarlier() {
        var defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("orderflow.inventory", InventorySettings.class);
        var keys = new InventoryModule().deliveryKeys(defaults);
        assertThat(keys.age()).isEqualTo(Duration.ofDays(7));
        jdbc.update("""
                insert into inventory.idempotency_key (caller, operation, key, body_sha256, claimed_at)
                values ('ada', 'receive-delivery', 'kept', '', now() - interval '7 days' + interval '1 hour'),
                       ('ada', 'receive-delivery', 'gone', '', now() - interval '7 days' - interval '1 hour'),
                       ('eve', 'receive-delivery', 'gone', '', now())""");

        assertThat(jdbc.update(keys.sql(), Timestamp.from(Instant.now().minus(keys.age())), 100))
                .isOne();

        assertThat(jdbc.queryForList(
                        "select caller || ' ' || key from inventory.idempotency_key order by caller", String.class))
                .containsExactly("ada kept", "eve gone");
    }
}
