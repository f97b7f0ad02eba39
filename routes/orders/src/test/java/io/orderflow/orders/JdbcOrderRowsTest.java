package io.orderflow.orders;

import static io.orderflow.orders.Told.ADA;
import static io.orderflow.orders.Told.completed;
import static io.orderflow.orders.Told.declined;
import static io.orderflow.orders.Told.line;
import static io.orderflow.orders.Told.refunded;
import static io.orderflow.orders.Told.rejected;
import static io.orderflow.orders.Told.released;
import static io.orderflow.orders.Told.reserved;
import static io.orderflow.orders.Told.voided;
import static io.orderflow.orders.Told.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.Role;
import io.orderflow.http.Idempotency;
import io.orderflow.http.fixture.AuditInMemory;
import io.orderflow.messaging.counter.Schemas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.JdbcUpdateAffectedIncorrectNumberOfRowsException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders in a real PostgreSQL. */
class JdbcOrderRowsTest {

    private static final UUID ID = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final String WAITING =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    private static final DataSource DATABASE = Schemas.fresh(Role.ORDERS);

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final JdbcOrderRows rows = new JdbcOrderRows(jdbc, new Idempotency(jdbc, Role.ORDERS));
    private final JdbcOpenOrders open = new JdbcOpenOrders(jdbc);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Orders orders = new Orders(
            rows,
            Told.CLOCK,
            new OrderMetrics(meters),
            new AwaitedOrders(new OrderStatesInMemory()),
            new AuditInMemory());
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

    @BeforeEach
    void fillTheCatalogue() {
        jdbc.execute("set role orders_migrator; truncate orders.product, orders.product_price, orders.orders,"
                + " orders.order_line, orders.order_history, orders.idempotency_key; reset role");
        jdbc.update("insert into orders.product (sku, name) values ('CAP', 'Cap'), ('HAT', 'Hat'), ('MUG', 'Mug')");
        jdbc.update(
                "insert into orders.product_price values ('MUG', 'EUR', 1290), ('MUG', 'USD', 1390), ('CAP', 'EUR', 5)");
    }

    @Test
    void readsTheCatalogueWithEveryPriceAndWithNone() {
        var products = rows.products(Set.of("MUG", "HAT", "PEN"));

        assertThat(products).containsOnlyKeys("MUG", "HAT");
        assertThat(products.get("MUG").prices().toString()).isEqualTo("{EUR=1290, USD=1390}");
        assertThat(products.get("HAT").prices()).isEmpty();
    }

    @Test
    void storesAnOrderWithItsLinesHistoryAndKey() {
        place(wish(ID, "k-1", line("MUG", 2), line("CAP", 3)));

        var order = order(ID);
        assertThat(order.total()).isEqualTo(new Money(2_595, "EUR"));
        assertThat(order.status()).isEqualTo(Status.PENDING);
        assertThat(Duration.between(order.createdAt(), Instant.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(jdbc.queryForList(
                                "select position, sku, quantity, unit_price_minor from orders.order_line order by position")
                        .toString())
                .isEqualTo("[{position=0, sku=MUG, quantity=2, unit_price_minor=1290},"
                        + " {position=1, sku=CAP, quantity=3, unit_price_minor=5}]");
        assertThat(history(ID)).containsExactly("OrderCreated PENDING");
    }

    @Test
    void givesTheSameAnswerToTheSameWishForever() {
        var first = place(wish(ID, "k-1"));
        jdbc.update("update orders.product_price set amount_minor = 1");

        assertThat(place(wish(OTHER, "k-1"))).isEqualTo(first);
        assertThat(place(wish(OTHER, "k-1", line("MUG", 3)))).isEqualTo(new Placement.KeyTaken());
        assertThat(count("orders.orders")).isEqualTo(1);
    }

    /** An article that comes into the catalogue later can be ordered under the key under which it was refused. */
    @Test
    void remembersNoKeyForWhichNothingWasDone() {
        assertThat(place(wish(OTHER, "k-2", line("PEN", 1)))).isInstanceOf(Placement.Refused.class);
        assertThat(place(wish(OTHER, "k-2", line("PEN", 1)))).isInstanceOf(Placement.Refused.class);
        assertThat(count("orders.idempotency_key")).isZero();

        assertThat(place(wish(ID, "k-2", line("MUG", 1)))).isInstanceOf(Placement.Accepted.class);
        assertThat(place(wish(OTHER, "k-2", line("PEN", 1)))).isEqualTo(new Placement.KeyTaken());
    }

    /** One batch may hold a refused order and what its customer made of it. */
    @Test
    void givesAKeyForWhichNothingWasDoneToTheNextOfTheBatch() {
        var wishes = List.of(
                wish(new UUID(1, 1), "k-3", line("PEN", 1)),
                wish(new UUID(1, 2), "k-3", line("HAT", 1)),
                wish(new UUID(1, 3), "k-3", line("MUG", 1)),
                wish(new UUID(1, 4), "k-3", line("MUG", 1)),
                wish(new UUID(1, 5), "k-3", line("MUG", 2)));

        var answers = inTransaction(wishes, () -> wishes.stream()
                .map(one -> orders.placeOrder(one).placement())
                .toList());

        assertThat(answers.subList(0, 2)).hasOnlyElementsOfType(Placement.Refused.class);
        assertThat(answers.get(2)).isInstanceOf(Placement.Accepted.class);
        assertThat(answers.get(3)).isEqualTo(answers.get(2));
        assertThat(answers.get(4)).isEqualTo(new Placement.KeyTaken());
        assertThat(count("orders.orders")).isEqualTo(1);
        assertThat(count("orders.idempotency_key")).isEqualTo(1);
    }

    @Test
    void makesOneOrderOfFiftyWishesAtOnce() throws Exception {
        var start = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(50)) {
            var wishes = IntStream.range(0, 50)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return place(wish(UUID.randomUUID(), "k-1"));
                    }))
                    .toList();
            start.countDown();
            var answers = new ArrayList<Placement>();
            for (var one : wishes) {
                answers.add(one.get());
            }
            assertThat(Set.copyOf(answers)).hasSize(1);
        }
        assertThat(count("orders.orders")).isEqualTo(1);
        assertThat(count("orders.order_line")).isEqualTo(1);
        assertThat(meters.get("orders.accepted").counter().count()).isEqualTo(1);
    }

    @Test
    void carriesAnOrderToItsEnd() {
        place(wish(ID, "k-1"));
        hears(reserved(ID));
        hears(completed(ID));

        assertThat(order(ID).status()).isEqualTo(Status.CONFIRMED);
        assertThat(history(ID))
                .containsExactly(
                        "OrderCreated PENDING",
                        "StockReserved PENDING",
                        "PaymentCompleted PENDING",
                        "OrderConfirmed CONFIRMED");
        assertThat(isFinished(ID)).isTrue();
    }

    @Test
    void keepsWhatEveryCancelledOrderHasHeard() {
        for (var last : List.of(refunded(ID), voided(ID))) {
            fillTheCatalogue();
            place(wish(ID, "k-1"));
            hears(rejected(ID));
            assertThat(order(ID).settled()).isFalse();
            hears(last);
            hears(released(ID));

            var order = order(ID);
            assertThat(order.reason()).isEqualTo(CancellationReason.OUT_OF_STOCK);
            assertThat(order.settled()).isTrue();
            assertThat(jdbc.queryForObject("select settled from orders.orders", Boolean.class))
                    .isTrue();
        }
    }

    @Test
    void countsNothingThatIsRolledBack() {
        place(wish(ID, "k-1"));

        transaction.executeWithoutResult(status -> {
            orders.load(List.of(declined(ID)));
            orders.joinAnswers(declined(ID));
            orders.flush();
            orders.clear();
            status.setRollbackOnly();
        });

        assertThat(order(ID).status()).isEqualTo(Status.PENDING);
        assertThat(meters.find("orders.outcome").counters()).hasSize(5).allMatch(counter -> counter.count() == 0);
    }

    @Test
    void aSecondDecisionWaitsAndSeesTheFirst() throws Exception {
        place(wish(ID, "k-1"));
        hears(reserved(ID));
        try (var other = Executors.newSingleThreadExecutor()) {
            var late = inTransaction(List.of(completed(ID)), () -> {
                orders.joinAnswers(completed(ID));
                var waiting = other.submit(() -> inTransaction(
                        List.of(new CancelOrder(ID, ADA)), () -> orders.cancelOrder(new CancelOrder(ID, ADA))));
                await().until(() -> jdbc.queryForObject(WAITING, Long.class) == 1);
                return waiting;
            });
            assertThat(late.get().order().status()).isEqualTo(Status.CONFIRMED);
            assertThat(late.get().events()).isEmpty();
        }
        assertThat(order(ID).status()).isEqualTo(Status.CONFIRMED);
    }

    @Test
    void neverDeadlocksWhenBatchesHearOfTheSameOrders() throws Exception {
        var ids = IntStream.range(0, 20).mapToObj(i -> UUID.randomUUID()).toList();
        ids.forEach(id -> place(wish(id, id.toString())));
        try (var pool = Executors.newFixedThreadPool(2)) {
            var payments = pool.submit(() -> hearShuffled(ids, 1));
            var stock = pool.submit(() -> hearShuffled(ids, 2));
            payments.get();
            stock.get();
        }
        assertThat(jdbc.queryForObject("select count(*) from orders.orders where status = 'CONFIRMED'", Long.class))
                .isEqualTo(20);
        assertThat(jdbc.queryForObject(
                        "select count(*) from orders.order_history where event = 'OrderConfirmed'", Long.class))
                .isEqualTo(20);
    }

    /** Each half hears of all orders, in batches of five, in an order of its own. */
    private Void hearShuffled(List<UUID> ids, int half) {
        var shuffled = new ArrayList<>(ids);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(shuffled, new Random(half * 100L + round));
            for (int from = 0; from < shuffled.size(); from += 5) {
                List<Event> batch = new ArrayList<>();
                shuffled.subList(from, from + 5).forEach(id -> batch.add(half == 1 ? completed(id) : reserved(id)));
                inTransaction(batch, () -> {
                    batch.forEach(orders::joinAnswers);
                    return null;
                });
            }
        }
        return null;
    }

    @Test
    void refusesToSaveAnOrderThatIsNotThere() {
        assertThatExceptionOfType(JdbcUpdateAffectedIncorrectNumberOfRowsException.class)
                .isThrownBy(() -> rows.save(List.of(Told.pending(ID))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'CONFIRMED', settled = true, finished_at = now()",
                "status = 'CANCELLED', finished_at = now()",
                "reason = 'CUSTOMER'",
                "settled = true",
                "finished_at = now()",
                "total_minor = -1"
            })
    void theRowItselfRefusesWhatCannotBe(String figures) {
        place(wish(ID, "k-1"));

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.update("update orders.orders set " + figures));
    }

    @Test
    void findsPendingOrdersOldestFirstAndPageByPage() {
        for (int i = 0; i < 3; i++) {
            place(wish(new UUID(1, 3 - i), "k-" + i));
            jdbc.update(
                    "update orders.orders set created_at = now() - make_interval(mins => ?) where id = ?",
                    30 - i,
                    new UUID(1, 3 - i));
        }
        place(wish(ID, "new"));
        var before = Instant.now().minusSeconds(60);

        var first = open.pendingSince(before, null, 2);
        var second = open.pendingSince(before, first.getLast(), 2);

        assertThat(first).extracting(OpenOrders.Pending::id).containsExactly(new UUID(1, 3), new UUID(1, 2));
        assertThat(second).extracting(OpenOrders.Pending::id).containsExactly(new UUID(1, 1));
        assertThat(open.anyPendingFor(Duration.ofMinutes(29))).isTrue();
        assertThat(open.anyPendingFor(Duration.ofMinutes(31))).isFalse();
    }

    @Test
    void countsWhatIsUnderWayAndWhatIsOverdue() {
        place(wish(ID, "k-1"));
        place(wish(OTHER, "k-2"));
        place(wish(new UUID(0, 3), "k-3"));
        hears(rejected(OTHER));
        hears(rejected(new UUID(0, 3)));
        jdbc.update("update orders.orders set finished_at = now() - interval '6 minutes' where id = ?", OTHER);
        jdbc.update("update orders.orders set created_at = now() - interval '21 minutes' where id = ?", ID);

        assertThat(open.count(Duration.ofMinutes(20), Duration.ofMinutes(5), 100))
                .isEqualTo(new OpenOrders.Counts(1, 1, 2, 1));
        hears(voided(OTHER));
        hears(released(OTHER));
        jdbc.update("update orders.orders set created_at = now() - interval '19 minutes' where id = ?", ID);
        assertThat(open.count(Duration.ofMinutes(20), Duration.ofMinutes(5), 100))
                .isEqualTo(new OpenOrders.Counts(1, 0, 1, 0));
    }

    @Test
    void findsContactsToEraseByWhenTheirOrdersWereSettledAndLeavesWhatIsLocked() {
        var settled = IntStream.range(0, 4).mapToObj(i -> new UUID(2, i)).toList();
        settled.forEach(id -> {
            place(wish(id, id.toString()));
            hears(rejected(id));
            hears(voided(id));
        });
        settled.subList(0, 3).forEach(id -> hears(released(id)));
        jdbc.update("update orders.orders set finished_at = now() - interval '40 days'");
        settledDaysAgo(settled.get(0), 31);
        settledDaysAgo(settled.get(1), 33);
        var month = Duration.ofDays(30);

        assertThat(transaction.<List<UUID>>execute(status -> toErase(month, 10)))
                .as("not the one that was settled just now, nor the one that is not")
                .containsExactly(settled.get(1), settled.get(0));
        transaction.executeWithoutResult(status -> {
            assertThat(toErase(month, 1)).containsExactly(settled.get(1));
            assertThat(inOther(() -> toErase(month, 10))).containsExactly(settled.get(0));
            rows.erased(List.of(settled.get(1)));
        });

        assertThat(toErase(month, 10)).containsExactly(settled.get(0));
        jdbc.update("update orders.orders set settled_at = null where id = ?", settled.get(2));
        assertThat(toErase(month, 10))
                .as("the version before dated the end alone")
                .containsExactly(settled.get(2), settled.get(0));
    }

    /** As operators are told it who have released events. */
    @Test
    void tellsWhereAnOrderStands() {
        place(wish(ID, "k-1"));
        place(wish(OTHER, "k-2"));
        assertThat(standing(ID)).isEqualTo("PENDING");
        hears(rejected(ID));
        hears(voided(ID));
        assertThat(standing(ID)).isEqualTo("CANCELLED");
        hears(released(ID));
        hears(reserved(OTHER));
        hears(completed(OTHER));

        assertThat(standing(ID)).isEqualTo("SETTLED");
        assertThat(standing(OTHER)).isEqualTo("CONFIRMED");
    }

    private String standing(UUID id) {
        return jdbc.queryForObject(
                "select state from (" + JdbcOrderStates.STANDINGS + ") stands where id = ?", String.class, id);
    }

    private void settledDaysAgo(UUID id, int days) {
        jdbc.update("update orders.orders set settled_at = now() - make_interval(days => ?) where id = ?", days, id);
    }

    private List<UUID> toErase(Duration settledFor, int most) {
        return rows.lockToErase(settledFor, most).stream().map(Order::id).toList();
    }

    /** On another connection. */
    private static <T> T inOther(Supplier<T> step) {
        return CompletableFuture.supplyAsync(step).join();
    }

    private Placement place(PlaceOrder wish) {
        return inTransaction(List.of(wish), () -> orders.placeOrder(wish)).placement();
    }

    private void hears(Event event) {
        inTransaction(List.of(event), () -> orders.joinAnswers(event));
    }

    private <T> T inTransaction(List<?> messages, Supplier<T> flow) {
        try {
            var answer = transaction.execute(status -> {
                orders.load(messages);
                var result = flow.get();
                orders.flush();
                return result;
            });
            orders.committed();
            return answer;
        } finally {
            orders.clear();
        }
    }

    private Order order(UUID id) {
        return rows.lock(Set.of(id)).getFirst();
    }

    private List<String> history(UUID id) {
        return jdbc.queryForList(
                "select event || ' ' || status from orders.order_history where order_id = ? order by position",
                String.class,
                id);
    }

    private boolean isFinished(UUID id) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select finished_at is not null from orders.orders where id = ?", Boolean.class, id));
    }

    private long count(String table) {
        return jdbc.queryForObject("select count(*) from " + table, Long.class);
    }
}
