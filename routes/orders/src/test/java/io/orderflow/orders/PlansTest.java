package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Money;
import io.orderflow.contracts.Role;
import io.orderflow.http.Idempotency;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.Planned;
import io.orderflow.orders.OrderRows.Entry;
import io.orderflow.orders.OrderRows.NewOrder;
import io.orderflow.orders.OrderRows.PricedLine;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** With 100,000 orders stored no statement looks at all of them. */
class PlansTest {

    /** As {@link OrdersQueries} is asked. */
    private static final String LIST = """
            select id, status, reason, payment_status, settled, total_minor, currency, created_at from orders.orders
             where customer_id = ? and status in (%s) and id < ? order by id desc fetch first ? rows only""";

    private static final UUID LAST = new UUID(-1, -1);
    private static final int PAGE = 21;

    private static final Planned DATABASE = new Planned(Schemas.fresh(Role.ORDERS));

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final JdbcOrderRows rows = new JdbcOrderRows(jdbc, new Idempotency(jdbc, Role.ORDERS));
    private final JdbcOpenOrders open = new JdbcOpenOrders(jdbc);
    private final List<UUID> some =
            jdbc.queryForList("select id from orders.orders order by id desc limit 100", UUID.class);

    /** Every third order is one shop's, and of those few are not confirmed. */
    @BeforeAll
    static void fill() {
        var jdbc = new JdbcTemplate(DATABASE);
        jdbc.execute("""
                insert into orders.orders (id, customer_id, status, reason, payment_status, payment_settled, stock_status,
                    settled, total_minor, currency, created_at, finished_at, settled_at, contact_erased_at)
                select uuidv7(), case when n % 3 = 0 then 'shop' else 'customer-' || n end, status,
                    case when status = 'CANCELLED' then 'CUSTOMER' end,
                    case when status = 'PENDING' then 'PENDING' else 'CAPTURED' end, false,
                    case when status = 'CONFIRMED' then 'RESERVED' else 'PENDING' end, status = 'CONFIRMED', 1290, 'EUR',
                    past, case when status <> 'PENDING' then past end, case when status = 'CONFIRMED' then past end,
                    case when n < 99000 then past end
                from generate_series(1, 100000) n,
                    lateral (select case n % 9999 when 0 then 'PENDING' when 3 then 'CANCELLED' else 'CONFIRMED' end as status,
                             now() - make_interval(secs => 200000 - n) as past) told""");
        jdbc.execute("insert into orders.order_line select id, 0, 'MUG', 1, 1290 from orders.orders");
        jdbc.execute("insert into orders.order_history (order_id, recorded_at, status, event)"
                + " select id, created_at, 'PENDING', 'OrderCreated' from orders.orders");
        jdbc.execute("insert into orders.idempotency_key (caller, operation, key, body_sha256, claimed_at)"
                + " select customer_id, 'place-order', id::text, '', created_at from orders.orders");
        jdbc.execute("set role orders_migrator; analyze orders.orders; analyze orders.order_line;"
                + " analyze orders.order_history; analyze orders.idempotency_key");
        DATABASE.plans();
    }

    @Test
    void placingAndAnsweringLooksAtTheOrdersConcerned() {
        var total = new Money(1290, "EUR");
        var orders = Stream.generate(UUID::randomUUID).limit(50).toList();
        rows.add(orders.stream()
                .map(id -> new NewOrder(
                        id, "shop", new Placement.Accepted(id, total), List.of(new PricedLine("MUG", 1, 1290))))
                .toList());
        rows.claim(Map.of(Told.wish(UUID.randomUUID(), "k-1"), new Placement.Accepted(UUID.randomUUID(), total)));
        rows.save(rows.lock(some));
        rows.record(some.stream()
                .map(id -> new Entry(id, Instant.now(), Status.CONFIRMED, "OrderConfirmed"))
                .toList());
        rows.lockToErase(Duration.ofHours(1), 100);
        rows.reachable(some, Duration.ofMinutes(15));
        rows.erased(some);

        assertThat(DATABASE.wholeTables()).isEmpty();
    }

    @Test
    void whatIsOpenIsFoundAmongWhatIsOver() {
        open.anyPendingFor(Duration.ofMinutes(10));
        open.pendingSince(Instant.now(), null, 100);
        open.count(Duration.ofMinutes(10), Duration.ofMinutes(10), 10_000);

        assertThat(DATABASE.wholeTables()).isEmpty();
    }

    /** As many as may wait at once, and one for whom steps are told; and an order by its key. */
    @Test
    void whatIsAwaitedIsFoundByItsId() {
        var states = new JdbcOrderStates(jdbc);
        // Those that another test makes are of version 4.
        var awaited = jdbc.queryForList("select id from orders.orders order by id limit 1100", UUID.class).stream()
                .filter(id -> id.version() == 7)
                .limit(1_000)
                .toList();

        assertThat(states.read(awaited)).hasSize(1_000);
        assertThat(states.stepsAfter(awaited.getFirst(), 0)).hasSize(1);
        assertThat(states.stepsAfter(awaited.getFirst(), 1)).isEmpty();
        assertThat(OrderKeys.in(new Idempotency(jdbc, Role.ORDERS)).placement(Told.ADA, new IdempotencyKey("none")))
                .isEmpty();
        assertThat(DATABASE.wholeTables()).isEmpty();
    }

    @Test
    void whatIsForgottenIsFoundAmongWhatStays() {
        var longAgo = Timestamp.from(Instant.now().minusSeconds(190_000));
        OwnPlan.update(jdbc, JdbcOrderRows.FORGET_KEYS, longAgo, 100);

        assertThat(DATABASE.wholeTables()).isEmpty();
    }

    @Test
    void aCustomersListsLookAtWhatTheyShow() {
        assertThat(OrdersQueries.declared().orders().apply(List.of(Status.CANCELLED)))
                .contains("o.status in (" + Status.class.getName() + ".CANCELLED)");
        assertThat(page("'PENDING', 'CONFIRMED', 'CANCELLED'"))
                .contains("Index Scan Backward using")
                .doesNotContain("Sort");
        assertThat(page("'CONFIRMED'")).contains("Index Scan Backward using").doesNotContain("Sort");
        assertThat(page("'PENDING'"))
                .contains("using orders_of_a_customer_pending")
                .doesNotContain("Sort");
        assertThat(page("'CANCELLED'"))
                .contains("using orders_of_a_customer_cancelled")
                .doesNotContain("Sort");
    }

    private String page(String statuses) {
        jdbc.queryForList(LIST.formatted(statuses), "shop", LAST, PAGE);
        return DATABASE.plans();
    }
}
