package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.messaging.Leases.Holder.MINE;
import static io.orderflow.messaging.Leases.Holder.MINE_AFTER_NOBODY;
import static io.orderflow.messaging.Leases.Holder.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Leases;
import io.orderflow.messaging.counter.Counter;
import io.orderflow.messaging.counter.Schemas;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one instance holds no other takes, until it lets go or its time is over. */
class LeasesTest {

    private static final JdbcTemplate JDBC = new JdbcTemplate(Schemas.fresh(INVENTORY));
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void aJobIsOnesUntilItsLeaseIsOver() {
        var one = new JdbcLeases(JDBC);
        var other = new JdbcLeases(JDBC);

        assertThat(one.hold(INVENTORY, "sweeper", LONG)).isEqualTo(MINE_AFTER_NOBODY);
        assertThat(other.hold(INVENTORY, "sweeper", LONG)).isEqualTo(OTHERS);
        assertThat(other.hold(INVENTORY, "housekeeping", LONG)).isEqualTo(MINE_AFTER_NOBODY);

        assertThat(one.hold(INVENTORY, "sweeper", SHORT)).as("it is renewed").isEqualTo(MINE);
        assertThat(await().until(() -> other.hold(INVENTORY, "sweeper", LONG), Leases.Holder::isMine))
                .as("a change of hands is no outage")
                .isEqualTo(MINE);
        assertThat(one.hold(INVENTORY, "sweeper", LONG)).isEqualTo(OTHERS);

        JDBC.update("update inventory.lease set until = now() - interval '3 minutes' where name = 'sweeper'");
        assertThat(one.hold(INVENTORY, "sweeper", LONG)).isEqualTo(MINE_AFTER_NOBODY);
    }

    @Test
    void whoStandsBackLeavesAJobToOthersForTwoLeases() {
        var one = new JdbcLeases(JDBC);
        var other = new JdbcLeases(JDBC);
        assertThat(one.hold(INVENTORY, "watched", LONG).isMine()).isTrue();
        one.standBack(INVENTORY, "watched", LONG, LONG);
        assertThat(one.hold(INVENTORY, "watched", LONG)).isEqualTo(OTHERS);
        assertThat(other.hold(INVENTORY, "watched", LONG))
                .as("somebody watched")
                .isEqualTo(MINE);

        long since = System.nanoTime();
        other.standBack(INVENTORY, "watched", SHORT, Duration.ZERO);
        await().until(() -> other.hold(INVENTORY, "watched", LONG).isMine());
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(SHORT.multipliedBy(2));

        one.standBack(INVENTORY, "watched", SHORT, Duration.ZERO);
        assertThat(other.hold(INVENTORY, "watched", LONG))
                .as("nobody gives up what is another's")
                .isEqualTo(MINE);
    }

    /** Else instances that try by turns while the broker is away would each see that somebody was there. */
    @Test
    void whoOnlyTriesHasNotWatched() {
        assertThat(new JdbcLeases(JDBC).hold(INVENTORY, "tried", LONG)).isEqualTo(MINE_AFTER_NOBODY);
        for (int i = 0; i < 3; i++) {
            JDBC.update("update inventory.lease set until = until - interval '4 minutes' where name = 'tried'");
            var next = new JdbcLeases(JDBC);
            assertThat(next.hold(INVENTORY, "tried", LONG)).isEqualTo(MINE_AFTER_NOBODY);
            next.standBack(INVENTORY, "tried", LONG, Duration.ZERO);
            assertThat(new JdbcLeases(JDBC).hold(INVENTORY, "tried", SHORT)).isEqualTo(MINE_AFTER_NOBODY);
        }
        var last = new JdbcLeases(JDBC);
        assertThat(await().until(() -> last.hold(INVENTORY, "tried", LONG), Leases.Holder::isMine))
                .as("the one before did watch")
                .isEqualTo(MINE);
        assertThat(last.hold(INVENTORY, "tried", LONG)).isEqualTo(MINE);
        last.standBack(INVENTORY, "tried", LONG, Duration.ZERO);
        assertThat(new JdbcLeases(JDBC).hold(INVENTORY, "tried", LONG))
                .as("who had it until now did watch")
                .isEqualTo(MINE);
    }

    @Test
    void aPieceOfWorkIsOnesUntilItsLeaseIsOver() {
        var work = new WorkRows(JDBC, INVENTORY);
        var ask = new Counter.Ask(UUID.randomUUID());
        work.store(List.of(Newborn.due("ask", new Requested(ask, null))));
        var one = work.claim("ask", null, 10, 0, SHORT).begun();
        assertThat(one).hasSize(1);
        assertThat(work.claim("ask", null, 10, 0, LONG).begun()).isEmpty();

        var other = await().until(() -> work.claim("ask", null, 10, 0, LONG).begun(), claimed -> !claimed.isEmpty());
        assertThat(other.getFirst().work()).isEqualTo(ask);
        assertThat(other.getFirst().attempt()).isEqualTo(2);

        work.renew(one, Duration.ZERO);
        work.retry(one.getFirst(), Duration.ZERO, "too late");
        assertThat(work.claim("ask", null, 10, 0, LONG).begun())
                .as("the second holds it")
                .isEmpty();
        work.retry(other.getFirst(), Duration.ZERO, "again");
        var third = work.claim("ask", null, 10, 0, SHORT).begun();
        assertThat(third).hasSize(1);

        work.renew(third, LONG);
        assertThat(third.getFirst().leaseLeft()).isGreaterThan(SHORT);
        assertThat(JDBC.queryForObject(
                        "select due_at > clock_timestamp() + interval '50 s' from inventory.work", Boolean.class))
                .isTrue();
    }
}
