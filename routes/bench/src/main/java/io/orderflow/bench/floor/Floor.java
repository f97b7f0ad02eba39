package io.orderflow.bench.floor;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The saga in bare Java: kafka-clients and JDBC arrays, with inbox, outbox and hand-off, and without a framework, HTTP,
 * a provider or mail. It shows what the machine can do, and is no system that anybody should run.
 */
public final class Floor implements AutoCloseable {

    private static final int FEEDERS = 2;
    private static final int TOGETHER = 100;
    static final int PARTITIONS = 4;

    /** The stage at whose end an order is confirmed. */
    private static final int CONFIRM = 2;

    private static final long PATIENCE = Duration.ofMinutes(10).toNanos();

    private static final String ORDERS = """
            insert into orders (id, status, total) select id, 'PENDING', 2580 from unnest(?::uuid[]) as row (id)""";
    private static final String LINES = """
            insert into order_line (order_id, sku, quantity)
            select id, sku, 1 from unnest(?::uuid[]) as row (id), (values ('mug'), ('spoon')) as line (sku)""";
    private static final String PAYMENTS = """
            insert into payment (order_id, state, amount) select id, 'CAPTURED', 2580 from unnest(?::uuid[]) as row (id)""";
    static final String STOCK = """
            update stock set on_hand = on_hand - taken.quantity
            from (select sku, count(*) as quantity from unnest(?::uuid[]) as row (id), (values ('mug'), ('spoon')) as line (sku)
                group by sku order by sku) taken
            where stock.sku = taken.sku""";
    static final String RESERVATIONS = """
            insert into reservation (order_id, sku, quantity)
            select id, sku, 1 from unnest(?::uuid[]) as row (id), (values ('mug'), ('spoon')) as line (sku)""";
    private static final String CONFIRMED = "update orders set status = 'CONFIRMED' where id = any(?::uuid[])";
    private static final String NOTIFICATIONS = """
            insert into notification (order_id) select id from unnest(?::uuid[]) as row (id)""";

    private final String database;
    private final String prefix;
    private final FloorRelay intake;
    private final List<FloorStage> stages;
    private final List<Connection> feeds = new ArrayList<>();
    private final Connection looks;
    private int fed;

    /**
     * @param prefix stands before every topic, so that each run has its own
     */
    public Floor(String database, String brokers, String prefix)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        this.database = database;
        this.prefix = prefix;
        prepare(database);
        createTopics(brokers);
        intake = new FloorRelay("orders", prefix + "created", DriverManager.getConnection(database), brokers);
        stages = List.of(
                stage("payment", "created", "paid", brokers, PAYMENTS),
                stage("inventory", "paid", "reserved", brokers, STOCK, RESERVATIONS),
                stage("confirm", "reserved", "confirmed", brokers, CONFIRMED),
                stage("notification", "confirmed", null, brokers, NOTIFICATIONS));
        stages.forEach(FloorStage::start);
        looks = DriverManager.getConnection(database);
        for (int i = 0; i < FEEDERS; i++) {
            var feed = DriverManager.getConnection(database);
            feed.setAutoCommit(false);
            feeds.add(feed);
        }
    }

    private FloorStage stage(String name, String hears, String says, String brokers, String... statements)
            throws SQLException {
        var relay = says == null
                ? null
                : new FloorRelay(name, prefix + says, DriverManager.getConnection(database), brokers);
        return new FloorStage(
                name, prefix + hears, relay, DriverManager.getConnection(database), brokers, List.of(statements));
    }

    static void prepare(String database) throws SQLException, IOException {
        try (var file = Floor.class.getResourceAsStream("/floor.sql");
                var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement()) {
            statement.execute(new String(file.readAllBytes()));
        }
    }

    private void createTopics(String brokers) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            var topics = List.of("created", "paid", "reserved", "confirmed");
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(prefix + topic, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** Places so many orders, a hundred in a transaction, and waits until each is confirmed. */
    void run(int orders) throws SQLException, InterruptedException, ExecutionException {
        fed += orders;
        try (var feeders = Executors.newFixedThreadPool(FEEDERS)) {
            List<Future<?>> feeding = new ArrayList<>();
            for (int i = 0; i < FEEDERS; i++) {
                int mine = orders / FEEDERS + (i < orders % FEEDERS ? 1 : 0);
                var connection = feeds.get(i);
                feeding.add(feeders.submit(() -> {
                    feed(connection, mine);
                    return null;
                }));
            }
            for (var one : feeding) {
                one.get();
            }
        }
        await("confirmed", () -> stages.get(CONFIRM).handled() == fed);
    }

    /** Waits until each customer is told and nothing is left unsent. */
    void settle() throws SQLException, InterruptedException {
        await("told", () -> stages.getLast().handled() == fed);
        await("sent", () -> unsent() == 0);
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(String what, Condition condition) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("floor: not all orders are " + what);
            }
            Thread.sleep(20);
        }
    }

    private void feed(Connection connection, int orders) throws SQLException {
        for (int placed = 0; placed < orders; placed += TOGETHER) {
            List<UUID> ids = new ArrayList<>();
            while (ids.size() < Math.min(TOGETHER, orders - placed)) {
                ids.add(UuidCreator.getTimeOrderedEpochPlus1());
            }
            FloorStage.execute(connection, ORDERS, ids);
            FloorStage.execute(connection, LINES, ids);
            var rows = intake.store(connection, ids);
            connection.commit();
            intake.send(rows);
        }
    }

    /** How many customers are told. */
    int notified() throws SQLException {
        return count("select count(*) from notification");
    }

    /** How many orders are confirmed. */
    int confirmed() throws SQLException {
        return count("select count(*) from orders where status = 'CONFIRMED'");
    }

    /** How many events the broker has not acknowledged. */
    int unsent() throws SQLException {
        return count("select (select count(*) from orders_outbox) + (select count(*) from payment_outbox)"
                + " + (select count(*) from inventory_outbox) + (select count(*) from confirm_outbox)");
    }

    private int count(String query) throws SQLException {
        try (var statement = looks.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        stages.forEach(FloorStage::close);
        intake.close();
        for (var feed : feeds) {
            feed.close();
        }
        looks.close();
    }

    /**
     * Runs as a process of its own: {@code <database> <brokers>}. It is told on standard input how many orders to
     * place, and says {@code confirmed} and then {@code told} when that is so.
     */
    public static void main(String... arguments) throws Exception {
        try (var floor = new Floor(arguments[0], arguments[1], "floor-");
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            System.out.println("ready");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                floor.run(Integer.parseInt(line));
                System.out.println("confirmed");
                floor.settle();
                System.out.println("told");
            }
        }
        System.exit(0);
    }
}
