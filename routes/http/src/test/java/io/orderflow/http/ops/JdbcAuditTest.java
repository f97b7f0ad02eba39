package io.orderflow.http.ops;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.http.Call;
import io.orderflow.http.Caller;
import io.orderflow.http.PlaceInTime;
import io.orderflow.http.ops.JdbcAudit.Entry;
import io.orderflow.http.ops.JdbcAudit.Filter;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.Planned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is on record of operators' calls, and how it is found among 100,000. */
class JdbcAuditTest {

    private static final Filter ALL = new Filter(null, null, null, null, null);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Planned DATABASE = new Planned(Schemas.fresh(ORDERS));

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final JdbcAudit audit = new JdbcAudit(jdbc, () -> List.of(ORDERS));

    @BeforeAll
    static void fill() {
        var jdbc = new JdbcTemplate(DATABASE);
        jdbc.execute("""
                insert into orders.audit (id, at, caller, roles, action, target, result)
                select uuidv7(), timestamptz '2025-01-01Z' + n * interval '1 minute', 'many', 'operator.read', 'ops.list-parked',
                    '/ops/parked', 'DONE' from generate_series(1, 100000) n""");
        jdbc.execute("set role orders_migrator; analyze orders.audit");
    }

    @BeforeEach
    void forgetTheFew() {
        jdbc.execute("set role orders_migrator; delete from orders.audit where caller <> 'many'");
        DATABASE.plans();
    }

    @Test
    void eachConditionFindsItsOwn() {
        var eve = write("eve", "ops.release-parked", "/ops/parked/7/release");
        var bob = write("bob", "ops.discard-parked", "/ops/parked/8/discard");

        assertThat(ids(new Filter("eve", null, null, null, null))).containsExactly(eve);
        assertThat(ids(new Filter(null, "ops.discard-parked", null, null, null)))
                .containsExactly(bob);
        assertThat(ids(new Filter(null, null, "/ops/parked/", null, null))).containsExactly(bob, eve);
        assertThat(ids(new Filter(null, null, "/ops/parked/7", null, null))).containsExactly(eve);
        assertThat(ids(new Filter("eve", null, "/ops/parked/8", null, null))).isEmpty();
        assertThat(ids(new Filter("eve", null, null, BEGIN, null))).containsExactly(eve);
        assertThat(ids(new Filter("eve", null, null, null, BEGIN))).isEmpty();
        at(eve, BEGIN);
        assertThat(ids(new Filter("eve", null, null, BEGIN, BEGIN.plusNanos(1_000))))
                .containsExactly(eve);
        assertThat(ids(new Filter("eve", null, null, BEGIN.plusNanos(1_000), null)))
                .isEmpty();
        assertThat(ids(new Filter("eve", null, null, null, BEGIN))).isEmpty();
    }

    @Test
    void theRecordIsReadPageByPageFromTheNewest() {
        var first = write("eve", "ops.list-parked", "/ops/parked");
        var second = write("eve", "ops.list-parked", "/ops/parked");
        var third = write("eve", "ops.list-parked", "/ops/parked");
        at(first, BEGIN.plusNanos(1_000));
        at(second, BEGIN);
        at(third, BEGIN);
        var seen = new ArrayList<UUID>();
        PlaceInTime from = null;
        var filter = new Filter("eve", null, null, null, null);
        for (var page = audit.list(filter, from, 1); !page.isEmpty(); page = audit.list(filter, from, 1)) {
            from = new PlaceInTime(page.getLast().at(), page.getLast().id());
            seen.add(from.id());
        }

        assertThat(seen).containsExactly(first, third, second);
    }

    @Test
    void whatIsAskedForIsFoundWithoutALookAtTheWholeRecord() {
        write("eve", "ops.release-parked", "/ops/parked/7/release");
        jdbc.execute("set role orders_migrator; analyze orders.audit");
        DATABASE.plans();

        for (int asked = 0; asked < 1 << 5; asked++) {
            audit.list(
                    new Filter(
                            (asked & 1) == 0 ? null : "eve",
                            (asked & 2) == 0 ? null : "ops.release-parked",
                            (asked & 4) == 0 ? null : "/ops/parked/7",
                            (asked & 8) == 0 ? null : BEGIN,
                            (asked & 16) == 0 ? null : BEGIN.plusSeconds(60)),
                    null,
                    21);
        }
        audit.ofParked(ORDERS, UUID.randomUUID(), 100);
        assertThat(DATABASE.wholeTables()).isEmpty();

        audit.list(new Filter("eve", null, null, null, null), null, 21);
        assertThat(DATABASE.plans()).contains("audit_by_caller");
        audit.list(new Filter(null, "ops.release-parked", null, null, null), null, 21);
        assertThat(DATABASE.plans()).contains("audit_by_action");
        audit.list(new Filter(null, null, "/ops/parked/7", null, null), null, 21);
        assertThat(DATABASE.plans()).contains("audit_by_target");
        audit.list(new Filter(null, null, null, null, BEGIN), null, 21);
        assertThat(DATABASE.plans()).contains("audit_by_time").doesNotContain("Sort");
        audit.list(ALL, new PlaceInTime(BEGIN, UUID.randomUUID()), 21);
        assertThat(DATABASE.plans()).contains("audit_by_time").doesNotContain("Sort");
    }

    @Test
    void whatWasDoneToAParkedEventIsFoundHoweverItsIdWasWritten() {
        var id = UUID.fromString("01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21");
        var call = call("eve", "ops.release-parked", "/ops/parked/01A209E9-7D20-7C77-A3C4-9B0B6E1F5A21/release");
        audit.write(call.because("repaired").changing("PARKED", "PARKED"), "FAILED_AGAIN");
        audit.write(call("eve", "ops.release-parked", "/ops/parked/" + id + "/release"), "CONFLICT");
        audit.write(call("eve", "ops.show-parked", "/ops/parked/" + id), "DONE");
        audit.write(call("bob", "ops.discard-parked", "/ops/parked/" + id + "/discard"), "DISCARDED");

        assertThat(audit.ofParked(ORDERS, id, 100))
                .extracting(entry -> entry.caller() + " " + entry.result() + " " + entry.before())
                .containsExactly("eve FAILED_AGAIN PARKED", "bob DISCARDED null");
        assertThat(audit.ofParked(ORDERS, id, 1)).extracting(Entry::caller).containsExactly("bob");
    }

    private UUID write(String caller, String action, String target) {
        var call = call(caller, action, target);
        audit.write(call, "DONE");
        return call.id();
    }

    private static Call call(String caller, String action, String target) {
        return new Call(UuidCreator.getTimeOrderedEpochPlus1(), new Caller(caller), Set.of(), "orders", action, target);
    }

    private void at(UUID id, Instant time) {
        jdbc.update(con -> {
            con.createStatement().execute("set role orders_migrator");
            var update = con.prepareStatement("update orders.audit set at = ? where id = ?");
            update.setTimestamp(1, java.sql.Timestamp.from(time));
            update.setObject(2, id);
            return update;
        });
    }

    private List<UUID> ids(Filter filter) {
        return audit.list(filter, null, 100).stream().map(Entry::id).toList();
    }
}
