package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Parking.Parked;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.State;
import io.orderflow.messaging.counter.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What is kept of a parked record, and for how long its bytes are. */
class ParkedRowsTest {

    private static final DriverManagerDataSource DATABASE = Schemas.fresh(INVENTORY);
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);
    private static final String CONTACTS = "order_contacts";
    private static final UUID LEAST = new UUID(0, 0);

    private final ParkedRows rows = new ParkedRows(JDBC, INVENTORY);
    private long offset;

    @BeforeEach
    void forgetEverything() {
        JDBC.update("delete from inventory.parked");
        JDBC.update("delete from inventory.parked_key");
    }

    @Test
    void anErasureGivesUpWhatIsParkedOfItsKeyAndLetsWhatFollowsPass() {
        park("ada", Reason.FAILED);
        park("ada", Reason.NOT_UNDERSTOOD);
        park("bob", Reason.FAILED);

        assertThat(rows.erasure().erase(CONTACTS, List.of("ada", "eve"))).isEqualTo(2);

        assertThat(kept()).containsExactly("ada DISCARDED gone", "ada DISCARDED gone", "bob PARKED kept");
        assertThat(rows.keys().lockParked(CONTACTS, Set.of("ada", "bob"))).containsExactly("bob");
        assertThat(rows.list(10)).extracting(Parked::key).containsExactly("bob");
    }

    @Test
    void whatIsErasedIsLockedAndHoldsUpOnlyWhatIsParked() {
        park("ada", Reason.NOT_UNDERSTOOD);
        park("bob", Reason.FAILED);

        assertThat(rows.keys().lockParked(CONTACTS, Set.of("ada", "bob", "eve"), Set.of("ada")))
                .containsExactly("bob");

        assertThat(rows.keys().lockParked(CONTACTS, Set.of("ada", "bob", "eve")))
                .containsExactly("bob");
    }

    @Test
    void whatEndsGoesWithoutItsBytesWhereTheyCanBeErased() {
        var released = park("ada", Reason.FAILED);
        var other = park("bob", Reason.FAILED);

        rows.end(rows.take(released).orElseThrow(), State.RELEASED, false);
        rows.end(rows.take(other).orElseThrow(), State.DISCARDED, true);

        assertThat(kept()).containsExactly("ada RELEASED gone", "bob DISCARDED kept");
        assertThat(JDBC.queryForList("select sha256 from inventory.parked", byte[].class))
                .allMatch(hash -> hash.length == 32);
        assertThat(rows.erasure().eraseEnded(List.of("order_events"))).isZero();
        assertThat(rows.erasure().eraseEnded(List.of(CONTACTS))).isEqualTo(1);
        assertThat(kept()).containsExactly("ada RELEASED gone", "bob DISCARDED gone");
    }

    @Test
    void whatNobodyReleasesIsErasedInTheEndAndItsKeyIsFree() {
        park("ada", Reason.FAILED);
        JDBC.update("update inventory.parked set parked_at = now() - interval '91 days'");
        park("ada", Reason.FOLLOWER);
        park("bob", Reason.FAILED);

        assertThat(rows.erasure().eraseOlderThan(Duration.ofDays(90), List.of("order_events")))
                .isZero();
        assertThat(rows.erasure().eraseOlderThan(Duration.ofDays(90), List.of(CONTACTS)))
                .isEqualTo(2);

        assertThat(kept()).containsExactly("ada DISCARDED gone", "ada DISCARDED gone", "bob PARKED kept");
        assertThat(rows.keys().lockParked(CONTACTS, Set.of("ada", "bob"))).containsExactly("bob");
    }

    /** A page of them would not fit into memory with what they carry. */
    @Test
    void aListReadsOnlyWhatItShows() {
        var database = Schemas.fresh(INVENTORY);
        new JdbcTemplate(database)
                .execute(
                        "set role inventory_migrator; revoke select on inventory.parked from inventory;"
                                + " grant select (id, topic, partition, \"offset\", key, order_id, reason, error, attempts, parked_at,"
                                + " state, position, settled_at, event_type, error_class, error_group, tried_at) on inventory.parked to inventory; reset role");
        var single = new SingleConnectionDataSource(database.getUrl(), database.getUsername(), "", true);
        try {
            var blind = new JdbcTemplate(single);
            blind.execute("set role inventory");
            var theirs = new ParkedRows(blind, INVENTORY);

            assertThat(theirs.list(10)).isEmpty();
            assertThat(theirs.lists().list(ParkedListsTest.PARKED, null, 10)).isEmpty();
            assertThat(theirs.lists().groups("", true, 10)).isEmpty();
            assertThat(theirs.place(LEAST)).isEmpty();
        } finally {
            single.destroy();
        }
    }

    private UUID park(String key, Reason reason) {
        var received = new Received(
                CONTACTS,
                0,
                offset++,
                key.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH,
                List.of());
        return rows.park(received, null, "Any", new Fault(reason, "any", "here", 1))
                .orElseThrow()
                .id();
    }

    private static List<String> kept() {
        return JDBC.queryForList("""
                select key || ' ' || state || case when num_nonnulls(value, stack) = 0 then ' gone'
                    when num_nonnulls(value, stack) = 2 then ' kept' else ' in part' end
                from inventory.parked order by key, position""", String.class);
    }
}
