package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.counter.Schemas;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The inbox's days come and go, and no event takes effect twice because of it. */
class InboxDaysTest {

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final DriverManagerDataSource DATABASE = Schemas.fresh(INVENTORY);

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final Inbox inbox = new Inbox(jdbc, INVENTORY, Duration.ofDays(15));

    @BeforeEach
    void days() {
        inbox.keepDays();
    }

    @Test
    void anEventFromADayThatIsNotMadeYetIsKnownAfterItIsMade() {
        var early = idOf(TODAY.plusDays(9));
        assertThat(receive(early)).isEqualTo(Inbox.Answer.FRESH);
        assertThat(partitionOf(early)).isEqualTo("inbox_undated");

        make(TODAY.plusDays(9));

        assertThat(partitionOf(early)).isEqualTo(partition(TODAY.plusDays(9)));
        assertThat(receive(early)).isEqualTo(Inbox.Answer.DUPLICATE);
    }

    @Test
    void aDayIsDroppedWhenItIsOlderThanTheInboxRemembersAndNotBefore() {
        var past = TODAY.minusDays(16);
        var kept = TODAY.minusDays(15);
        make(past);
        make(kept);
        received(past, 16);
        received(kept, 15);

        inbox.keepDays();

        assertThat(partitions()).doesNotContain(partition(past)).contains(partition(kept), partition(TODAY));
    }

    private void received(LocalDate day, int daysAgo) {
        jdbc.update(
                "insert into inventory.inbox values (?, ?, '', now() - make_interval(days => ?))",
                Date.valueOf(day),
                idOf(day),
                daysAgo);
    }

    /** Whose writer's clock was behind when it made the id. */
    @Test
    void aDayStaysWhileSomethingOfItCameLately() {
        var past = TODAY.minusDays(17);
        var late = idOf(past);
        make(past);
        jdbc.update(
                "insert into inventory.inbox values (?, ?, '', now() - interval '14 days')", Date.valueOf(past), late);

        inbox.keepDays();
        assertThat(partitions()).contains(partition(past));
        assertThat(receive(late)).as("it is known").isEqualTo(Inbox.Answer.ANOTHER);

        jdbc.update(
                "update inventory.inbox set received_at = now() - interval '18 days' where day = ?",
                Date.valueOf(past));
        inbox.keepDays();
        assertThat(partitions()).doesNotContain(partition(past));
    }

    @Test
    void anIdFromFarAwayIsKnownAllTheSame() {
        for (var day : List.of(LocalDate.EPOCH, TODAY.minusDays(16), TODAY.plusDays(366), LocalDate.of(10_800, 1, 1))) {
            var id = idOf(day);
            assertThat(receive(id)).isEqualTo(Inbox.Answer.FRESH);
            assertThat(partitionOf(id)).isEqualTo("inbox_undated");
            assertThat(receive(id)).isEqualTo(Inbox.Answer.DUPLICATE);
        }
    }

    @Test
    void whoMakesADayGivesWay() throws Exception {
        try (var slow = DATABASE.getConnection();
                var statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("select from inventory.inbox");

            assertThatThrownBy(() -> make(TODAY.plusDays(20))).matches(Failures::isInfrastructure);
            slow.rollback();
        }
        make(TODAY.plusDays(20));
    }

    private void make(LocalDate day) {
        jdbc.query(
                "select inventory.keep_inbox_days(?, ?, ?)",
                row -> {},
                Date.valueOf(TODAY.minusDays(400)),
                Date.valueOf(day),
                Date.valueOf(day));
    }

    private Inbox.Answer receive(UUID id) {
        return inbox.receive("order_events", List.of(new Inbox.Entry(id, new byte[32], null)))[0];
    }

    private String partitionOf(UUID id) {
        return jdbc.queryForObject(
                "select relname from inventory.inbox join pg_class on pg_class.oid = inbox.tableoid where event_id = ?",
                String.class,
                id);
    }

    private List<String> partitions() {
        return jdbc.queryForList(
                "select relname from pg_inherits join pg_class on oid = inhrelid where inhparent = 'inventory.inbox'::regclass",
                String.class);
    }

    private static String partition(LocalDate day) {
        return "inbox_" + day.toString().replace("-", "");
    }

    private static UUID idOf(LocalDate day) {
        Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        var random = UUID.randomUUID();
        return new UUID(noon.toEpochMilli() << 16 | 0x7000, random.getLeastSignificantBits());
    }
}
