package io.orderflow.inventory;

import static io.orderflow.inventory.Told.cancelled;
import static io.orderflow.inventory.Told.confirmed;
import static io.orderflow.inventory.Told.created;
import static io.orderflow.inventory.Told.delivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Missing;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReserved;
import io.orderflow.http.Idempotency;
import io.orderflow.http.fixture.AuditInMemory;
import io.orderflow.inventory.StockRows.Movement;
import io.orderflow.messaging.counter.Schemas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.JdbcUpdateAffectedIncorrectNumberOfRowsException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stock in a real PostgreSQL. */
class JdbcStockRowsTest {

    private static final UUID ORDER = new UUID(0, 1);
    private static final String WAITING =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    private static final Line TWO_MUGS = new Line("MUG", 2);

    private static final DataSource DATABASE = Schemas.fresh(Role.INVENTORY);

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final AuditInMemory audited = new AuditInMemory();
    private final JdbcStockRows rows = new JdbcStockRows(jdbc, new Idempotency(jdbc, Role.INVENTORY), audited);
    private final Stock stock = new Stock(rows, Told.CLOCK);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

    @BeforeEach
    void stockUp() {
        jdbc.execute("set role inventory_migrator; truncate inventory.stock_item, inventory.reservation,"
                + " inventory.delivery, inventory.idempotency_key; reset role");
        keep("MUG", 10);
        keep("CAP", 10);
    }

    @Test
    void carriesAnOrderFromReservationToSale() {
        hears(created(ORDER, TWO_MUGS, new Line("CAP", 1)));
        assertThat(item("MUG")).isEqualTo(new StockItem("MUG", 10, 2, 0));
        assertThat(reservation(ORDER))
                .isEqualTo(
                        new Reservation(ORDER, Reservation.State.RESERVED, List.of(TWO_MUGS, new Line("CAP", 1)), 1));

        hears(confirmed(ORDER));
        assertThat(item("MUG")).isEqualTo(new StockItem("MUG", 8, 0, 2));
        assertThat(item("CAP")).isEqualTo(new StockItem("CAP", 9, 0, 1));
        assertThat(reservation(ORDER).state()).isEqualTo(Reservation.State.SOLD);
        assertThat(reservation(ORDER).version()).isEqualTo(2);
    }

    @Test
    void givesBackWhatACancelledOrderHeld() {
        hears(created(ORDER, TWO_MUGS));
        hears(cancelled(ORDER));

        assertThat(item("MUG")).isEqualTo(new StockItem("MUG", 10, 0, 0));
        assertThat(reservation(ORDER).state()).isEqualTo(Reservation.State.RELEASED);
    }

    @Test
    void keepsTheBarrierOfACancellationThatOvertakesItsOrder() {
        hears(cancelled(ORDER));
        hears(created(ORDER, TWO_MUGS));

        assertThat(item("MUG").reserved()).isZero();
    }

    @Test
    void remembersNoKeyForWhichNothingWasDone() {
        assertThat(receives(delivery("b", "HAT", 5))).isEqualTo(new Receipt.UnknownArticle("HAT"));
        keep("HAT", 0);

        assertThat(receives(delivery("b", "HAT", 5))).isEqualTo(new Receipt.Received(new StockItem("HAT", 5, 0, 0)));
    }

    /** A batch that fails comes again one by one. */
    @Test
    void tellsNobodyThatAKeyIsTakenWhichARefusedOneOfItsBatchLeavesFree() {
        var tooMuch = delivery("a", "MUG", Delivery.MAX_QUANTITY);
        var corrected = delivery("a", "MUG", 5);
        jdbc.update("update inventory.stock_item set on_hand = 9007199254740991 - 10 where sku = 'MUG'");

        assertThatThrownBy(() -> inTransaction(
                        List.of(tooMuch, corrected), () -> List.of(stock.receive(tooMuch), stock.receive(corrected))))
                .hasMessageContaining("each alone");
        assertThat(receives(tooMuch)).isEqualTo(new Receipt.TooMuch("MUG", 10));
        assertThat(receives(corrected)).isInstanceOf(Receipt.Received.class);
    }

    @Test
    void keepsAReceiptUnderItsKey() {
        var first = receives(delivery("a", "MUG", 5));

        assertThat(first).isEqualTo(new Receipt.Received(new StockItem("MUG", 15, 0, 0)));
        assertThat(receives(delivery("a", "MUG", 5))).isEqualTo(new Receipt.Repeated((Receipt.Received) first));
        assertThat(receives(delivery("a", "MUG", 6))).isEqualTo(new Receipt.KeyTaken());
        assertThat(receives(delivery("a", "CAP", 5))).isEqualTo(new Receipt.Received(new StockItem("CAP", 15, 0, 0)));
        assertThat(receives(delivery("b", "HAT", 5))).isEqualTo(new Receipt.UnknownArticle("HAT"));
        assertThat(receives(delivery("b", "HAT", 5))).isEqualTo(new Receipt.UnknownArticle("HAT"));
        assertThat(jdbc.queryForList("select sku, quantity, caller from inventory.delivery order by sku"))
                .containsExactly(
                        Map.of("sku", "CAP", "quantity", 5, "caller", "demo"),
                        Map.of("sku", "MUG", "quantity", 5, "caller", "demo"));
    }

    @Test
    void showsTheAuditorThatEverythingThatCameInIsOnHandOrSold() {
        receives(delivery("a", "MUG", 5));
        hears(created(ORDER, TWO_MUGS));
        hears(confirmed(ORDER));
        hears(created(new UUID(0, 2), TWO_MUGS, TWO_MUGS));

        var audit = jdbc.queryForMap("select * from inventory.stock_audit where sku = 'MUG'");

        assertThat(audit.toString()).isEqualTo("{sku=MUG, on_hand=13, reserved=4, sold=2, received=5, held=4}");
    }

    @Test
    void aBatchThatWantsTheSameArticleWaitsAndSeesWhatTheFirstReserved() throws Exception {
        var eightMugs = new Line("MUG", 8);
        var first = created(ORDER, eightMugs);
        var second = created(new UUID(0, 2), eightMugs);
        try (var other = Executors.newSingleThreadExecutor()) {
            var answer = inTransaction(List.of(first), () -> {
                stock.reserve(first);
                var waiting = other.submit(() -> inTransaction(List.of(second), () -> stock.reserve(second)));
                await().until(() -> jdbc.queryForObject(WAITING, Long.class) == 1);
                return waiting;
            });
            assertThat(answer.get())
                    .isEqualTo(new StockRejected(second.orderId(), Told.NOW, List.of(new Missing("MUG", 8, 2))));
        }
        assertThat(item("MUG")).isEqualTo(new StockItem("MUG", 10, 8, 0));
    }

    @Test
    void neitherDeadlocksNorOversellsWhenBatchesWantTheSameArticles() throws Exception {
        keep("HAT", 500);
        keep("PEN", 500);
        int threads = 4;
        var start = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var buyers = IntStream.range(0, threads)
                    .mapToObj(seed -> pool.submit(() -> {
                        start.await();
                        return buy(new Random(seed));
                    }));
            var running = buyers.toList();
            start.countDown();
            int reserved = 0;
            for (var buyer : running) {
                reserved += buyer.get();
            }
            assertThat(reserved).isEqualTo(500);
        }
        assertThat(item("HAT")).isEqualTo(new StockItem("HAT", 500, 500, 0));
        assertThat(item("PEN")).isEqualTo(new StockItem("PEN", 500, 500, 0));
        assertThat(jdbc.queryForObject("select sum(held) from inventory.stock_audit", Long.class))
                .isEqualTo(1_000);
    }

    /**
     * 40 batches of 5 orders for one hat and one pen each, in either order of lines: 800 orders in all threads, for 500
     * of each.
     */
    private int buy(Random random) {
        int reserved = 0;
        for (int batch = 0; batch < 40; batch++) {
            var orders = new ArrayList<OrderCreated>();
            for (int i = 0; i < 5; i++) {
                var lines = new ArrayList<>(List.of(new Line("HAT", 1), new Line("PEN", 1)));
                Collections.shuffle(lines, random);
                orders.add(created(UUID.randomUUID(), lines.toArray(Line[]::new)));
            }
            reserved += inTransaction(orders, () -> (int) orders.stream()
                    .map(stock::reserve)
                    .filter(StockReserved.class::isInstance)
                    .count());
        }
        return reserved;
    }

    @Test
    void refusesAReservationThatAnotherTransactionHasStoredMeanwhile() {
        var seen = Reservation.unknown(ORDER);
        rows.save(List.of(seen.to(Reservation.State.RELEASED)));

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> rows.save(List.of(seen.to(Reservation.State.RESERVED, List.of(TWO_MUGS)))));
        assertThat(reservation(ORDER).state()).isEqualTo(Reservation.State.RELEASED);
    }

    @Test
    void refusesAMovementThatWouldLeaveItsBoundsWhateverWasDecided() {
        var moves =
                List.of(new Movement("MUG", 0, 11, 0), new Movement("MUG", 0, -1, 0), new Movement("MUG", -11, 0, 11));

        assertThat(moves)
                .allSatisfy(move -> assertThatExceptionOfType(JdbcUpdateAffectedIncorrectNumberOfRowsException.class)
                        .isThrownBy(() -> rows.move(List.of(move))));
        assertThatExceptionOfType(JdbcUpdateAffectedIncorrectNumberOfRowsException.class)
                .isThrownBy(() -> rows.move(List.of(new Movement("NEVER HEARD OF", 1, 0, 0))));
        assertThat(item("MUG")).isEqualTo(new StockItem("MUG", 10, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"on_hand = -1", "reserved = -1", "reserved = 11", "sold = -1", "on_hand = 9007199254740992"})
    void theRowItselfRefusesFiguresOutOfBounds(String figures) {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.update("update inventory.stock_item set " + figures + " where sku = 'MUG'"));
        assertThat(item("MUG")).isEqualTo(new StockItem("MUG", 10, 0, 0));
    }

    private void keep(String sku, long onHand) {
        jdbc.update(
                "insert into inventory.stock_item (sku, on_hand) values (?, ?) on conflict (sku) do nothing",
                sku,
                onHand);
    }

    private void hears(Event event) {
        inTransaction(List.of(event), () -> switch (event) {
            case OrderCreated created -> stock.reserve(created);
            case OrderCancelled cancelled -> stock.release(cancelled);
            default -> {
                stock.sell((OrderConfirmed) event);
                yield event;
            }
        });
    }

    private Receipt receives(Delivery delivery) {
        return inTransaction(List.of(delivery), () -> stock.receive(delivery));
    }

    private <T> T inTransaction(List<?> messages, Supplier<T> flow) {
        return transaction.execute(status -> {
            try {
                stock.load(messages);
                var result = flow.get();
                stock.flush();
                return result;
            } finally {
                stock.clear();
            }
        });
    }

    private StockItem item(String sku) {
        return rows.items(Set.of(sku)).getFirst();
    }

    private Reservation reservation(UUID order) {
        return rows.reservations(Set.of(order)).getFirst();
    }
}
