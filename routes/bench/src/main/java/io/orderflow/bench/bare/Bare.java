package io.orderflow.bench.bare;

import io.orderflow.bench.load.OrderMix;
import io.orderflow.testkit.Child;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts the services in bare Java together, and runs them as one process. */
public final class Bare {

    private static final int PARTITIONS = 4;

    private final String database;
    private final String brokers;

    private Bare(String database, String brokers) {
        this.database = database;
        this.brokers = brokers;
    }

    /** {@code --database= --brokers= --http-port= --mail-port=}; says {@code ready} when it takes orders. */
    public static void main(String... arguments) throws Exception {
        Thread.ofPlatform().daemon().start(Child::followParent);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            System.err.println(thread.getName() + ": " + thrown);
            Runtime.getRuntime().halt(1);
        });
        start(
                option(arguments, "database"),
                option(arguments, "brokers"),
                Integer.parseInt(option(arguments, "http-port")),
                Integer.parseInt(option(arguments, "mail-port")));
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static String option(String[] arguments, String name) {
        var prefix = "--" + name + "=";
        return Stream.of(arguments)
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + prefix));
    }

    /** Answers when it takes orders; it goes on until its process ends. */
    public static void start(String database, String brokers, int httpPort, int mailPort)
            throws SQLException, IOException, ExecutionException, InterruptedException {
        new Bare(database, brokers).start(httpPort, mailPort);
    }

    private void start(int httpPort, int mailPort)
            throws SQLException, IOException, ExecutionException, InterruptedException {
        prepare();
        createTopics();
        var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", brokers, "acks", "all", "linger.ms", "2", "batch.size", "131072"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        var said = new BareOutbox("orders", producer, eager());
        var orders = new BareOrders(connection(), said);
        hear("orders", said, orders, Said.PAYMENT_EVENTS, Said.INVENTORY_EVENTS);
        var payments = new BarePayments(connection(), connection(), new BareOutbox("payments", producer, eager()));
        hear("payments", null, payments, Said.ORDER_EVENTS);
        hear("inventory", new BareOutbox("inventory", producer, eager()), new BareInventory(), Said.ORDER_EVENTS);
        var notices = new BareNotices(new BareMailer(mailPort, connection()));
        hear("notifications", null, notices, Said.ORDER_EVENTS, Said.PAYMENT_EVENTS, Said.ORDER_CONTACTS);
        var prices = prices();
        new BareIntake(new BarePlacing(connection(), said, prices), orders, prices).listen(httpPort);
    }

    private void hear(String service, BareOutbox outbox, BareConsumer.Service effect, String... topics)
            throws SQLException {
        new BareConsumer(service, List.of(topics), brokers, connection(), outbox, effect);
    }

    private Connection connection() throws SQLException {
        var connection = eager();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Each statement of its own commits. */
    private Connection eager() throws SQLException {
        return DriverManager.getConnection(database);
    }

    private void prepare() throws SQLException, IOException {
        try (var file = Bare.class.getResourceAsStream("/bare.sql");
                var connection = eager();
                var statement = connection.createStatement()) {
            statement.execute(new String(file.readAllBytes()));
            statement.execute("insert into inventory_stock (sku, on_hand) select sku, on_hand from ("
                    + OrderMix.articles() + ") as article");
        }
    }

    private Map<String, Long> prices() throws SQLException {
        Map<String, Long> prices = new HashMap<>();
        try (var connection = eager();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(OrderMix.articles())) {
            while (rows.next()) {
                prices.put(rows.getString("sku"), rows.getLong("price"));
            }
        }
        return prices;
    }

    private void createTopics() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(Stream.of(
                                    Said.ORDER_EVENTS, Said.PAYMENT_EVENTS, Said.INVENTORY_EVENTS, Said.ORDER_CONTACTS)
                            .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }
}
