package io.orderflow.messaging;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Requests in a real PostgreSQL. */
class WorkRowsTest {

    private static final JdbcTemplate JDBC = new JdbcTemplate(Schemas.fresh(INVENTORY));

    private final WorkRows work = new WorkRows(JDBC, INVENTORY);

    @Test
    void aLargeBacklogHidesNoOther() {
        store("charge", 5);
        store("refund", 1);
        JDBC.update("update inventory.work set created_at = now() - interval '1 hour' where channel = 'refund'");

        var backlogs = work.backlog(List.of("charge", "refund", "idle"), 3);

        assertThat(backlogs.get("charge").requests()).isEqualTo(3);
        assertThat(backlogs.get("refund").requests()).isEqualTo(1);
        assertThat(backlogs.get("refund").oldest()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
        assertThat(backlogs.get("idle")).isEqualTo(new WorkRows.Backlog(0, Duration.ZERO));
    }

    private void store(String channel, int count) {
        work.store(Map.of(
                channel,
                Stream.generate(() -> new Transaction.Requested(new Counter.Ask(UUID.randomUUID()), null))
                        .limit(count)
                        .toList()));
    }
}
