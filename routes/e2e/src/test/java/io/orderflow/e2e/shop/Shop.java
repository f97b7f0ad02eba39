package io.orderflow.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking.Parked;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The system as a test tells its story: a shop with goods, customers and an operator. It runs one or more instances at
 * one {@link Site}, acts like a stranger, by HTTP, Kafka, SMTP and SQL reads, and adds the order's journal to whatever
 * fails. Tests share a shop but never an article, a customer or an order.
 */
public final class Shop implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The price of everything, in cents. */
    public static final long PRICE = 1290;

    private static Shop shared;

    private final Site site;
    private final Journal journal;
    private final Rest rest;
    private final HikariDataSource connections;
    private final JdbcTemplate jdbc;
    private final JdbcTemplate books;
    private final ProviderOverHttp provider;
    private final List<Instance> instances = new ArrayList<>();
    private Client client;

    /** An article. */
    public record Sku(String name) {}

    /** A shop without an instance. */
    public Shop(Site site) {
        this(site, Topology.ORDERFLOW);
    }

    public Shop(Site site, Topology topology) {
        this(site, topology, null);
    }

    /** @param provider who moves the money; null for the one in the services' process */
    private Shop(Site site, Topology topology, ProviderOverHttp provider) {
        this.site = site;
        this.provider = provider;
        this.journal = new Journal(site, topology);
        this.rest = new Rest(site, topology);
        this.connections = connections(site);
        this.jdbc = new JdbcTemplate(connections);
        this.books = provider == null ? jdbc : provider.books();
    }

    /** A few that are kept: who waits asks often, and each new one is a process that starts. */
    private static HikariDataSource connections(Site site) {
        var few = new HikariDataSource();
        few.setJdbcUrl(site.database().url());
        few.setUsername(site.database().user());
        few.setMaximumPoolSize(4);
        few.setMinimumIdle(0);
        few.setConnectionTimeout(1_000);
        few.setInitializationFailTimeout(-1);
        // A schema may be made anew.
        few.addDataSourceProperty("prepareThreshold", 0);
        return few;
    }

    /** A shop of its own for a test that disturbs others: every role in one instance. */
    public static Shop at(Site site, String... settings) {
        var shop = new Shop(site);
        shop.starts(settings);
        return shop;
    }

    /** The same with console, which runs only where it is named. */
    public static Shop withConsole(String... settings) {
        var shop = new Shop(Site.migrated(Topology.WITH_CONSOLE), Topology.WITH_CONSOLE);
        shop.starts(Stream.concat(Stream.of("--roles=all,console"), Stream.of(settings))
                .toArray(String[]::new));
        return shop;
    }

    /** The same, with a payment provider that is another company. */
    public static Shop at(Site site, ProviderOverHttp provider, String... settings) {
        var shop = new Shop(site, Topology.ORDERFLOW, provider);
        var all = new ArrayList<>(provider.settings());
        all.addAll(List.of(settings));
        shop.starts(all.toArray(String[]::new));
        return shop;
    }

    /** The one with every role, for tests that break nothing; started once. */
    public static synchronized Shop withEveryRole() {
        if (shared == null) {
            shared = at(Site.fresh());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Starts one more instance. Customers speak to the first that takes orders, until {@link #customersUse}. */
    public Instance starts(String... settings) {
        var instance = new Instance(site, settings);
        instances.add(instance);
        if (client == null) {
            customersUse(instance);
        }
        return instance;
    }

    /**
     * Starts an instance for each role of the system.
     *
     * @param more further settings of a role's instance
     */
    public Map<Role, Instance> startsEachRoleAlone(Function<Role, String[]> more) {
        Map<Role, Instance> alone = new LinkedHashMap<>();
        for (var role : Topology.ORDERFLOW.drawn()) {
            var settings = Stream.concat(Stream.of("--roles=" + role), Stream.of(more.apply(role)));
            alone.put(role, starts(settings.toArray(String[]::new)));
        }
        return alone;
    }

    /** The argument of an instance that runs all the others. */
    public static String everyRoleBut(Role... absent) {
        return Topology.ORDERFLOW.drawn().stream()
                .filter(role -> !List.of(absent).contains(role))
                .map(Role::name)
                .collect(Collectors.joining(",", "--roles=", ""));
    }

    public void stops(Instance instance) {
        instances.remove(instance);
        instance.close();
    }

    public void customersUse(Instance instance) {
        client = new Client(instance.address());
    }

    public void customersUse(Client another) {
        client = another;
    }

    public Instance instance() {
        return instances.getFirst();
    }

    public Client http() {
        return client;
    }

    public JdbcTemplate sql() {
        return jdbc;
    }

    public Journal journal() {
        return journal;
    }

    public Site site() {
        return site;
    }

    /** A new article with a price, and so many of it on the shelf. */
    public Sku stocks(int onHand) {
        var sku = new Sku("SKU-" + UUID.randomUUID().toString().substring(0, 13));
        client.put("/products/" + sku.name(), """
                {"name":"A thing","prices":{"EUR":%d}}""".formatted(PRICE)).expect(200);
        jdbc.update("insert into inventory.stock_item (sku, on_hand) values (?, ?)", sku.name(), onHand);
        return sku;
    }

    /** A customer sends the form and is told that the order is accepted. */
    public UUID places(OrderForm form) {
        return UUID.fromString(
                client.post("/orders", form.key(), form.json()).expect(202).text("id"));
    }

    /** Many customers at once; each sends the form again, under its key, until it is accepted. */
    public List<UUID> placesAll(List<OrderForm> forms) {
        return finish(startPlacing(forms));
    }

    /** The same, in the background. */
    public List<Future<UUID>> startPlacing(List<OrderForm> forms) {
        try (var pool = new Pool(8)) {
            return forms.stream().map(form -> pool.submit(form)).toList();
        }
    }

    public static List<UUID> finish(List<Future<UUID>> placing) {
        return placing.stream()
                .map(future -> {
                    try {
                        return future.get();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /** A few customers at a time; closing it takes no more forms and does not wait. */
    private final class Pool implements AutoCloseable {

        private final ExecutorService threads;

        private Pool(int size) {
            threads = Executors.newFixedThreadPool(size);
        }

        private Future<UUID> submit(OrderForm form) {
            return threads.submit(() -> await().pollDelay(Duration.ZERO)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> tryToPlace(form), Optional::isPresent)
                    .orElseThrow());
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }

    private Optional<UUID> tryToPlace(OrderForm form) {
        var answer = client.post("/orders", form.key(), form.json());
        return answer.status() == 202 ? Optional.of(UUID.fromString(answer.text("id"))) : Optional.empty();
    }

    /** So many forms for one of an article each. */
    public static List<OrderForm> orders(int count, Sku sku) {
        return IntStream.range(0, count)
                .mapToObj(i -> OrderForm.anOrder().of(1, sku))
                .toList();
    }

    public RestAnswer cancels(UUID order) {
        return client.post("/orders/" + order + "/cancellation");
    }

    public RestAnswer looksAt(UUID order) {
        return client.get("/orders/" + order);
    }

    /** Takes a role out of every instance here. */
    public void takesOut(Role role) throws Exception {
        for (var instance : instances) {
            instance.roles().stop(role);
        }
    }

    public void takesBack(Role role) throws Exception {
        for (var instance : instances) {
            instance.roles().start(role);
        }
    }

    /** Writes records as any Kafka client does, and waits until the broker has them. */
    public void writes(String topic, String key, byte[]... values) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", site.broker().address()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            Arrays.stream(values)
                    .map(value -> new ProducerRecord<>(site.topic(topic), key, value))
                    .forEach(producer::send);
            producer.flush();
        }
    }

    /** Writes records that were on the topics once more: the same keys, bytes and headers, to the same partitions. */
    public void repeats(Collection<Journal.Entry> entries) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", site.broker().address()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            entries.stream()
                    .map(entry -> new ProducerRecord<>(
                            site.topic(entry.topic()), entry.partition(), entry.key(), entry.value(), entry.headers()))
                    .forEach(producer::send);
            producer.flush();
        }
    }

    /** A fault that only a repair heals: the database refuses to write a row of this order in a table of a service. */
    public void breaks(String table, String column, UUID order) {
        asSuperuser("""
                create function %1$s_refuses_%2$s() returns trigger language plpgsql as
                    $$ begin raise exception 'broken for a test'; end $$;
                create trigger refuses_%2$s before insert or update on %1$s
                    for each row when (new.%3$s = '%4$s') execute function %1$s_refuses_%2$s()""".formatted(table, suffix(order), column, order));
    }

    public void repairs(String table, UUID order) {
        asSuperuser("drop function %s_refuses_%s cascade".formatted(table, suffix(order)));
    }

    private static String suffix(UUID order) {
        return order.toString().replace("-", "");
    }

    public void asSuperuser(String statement) {
        var url = site.database().url();
        try (var connection = site.postgres().connect(url.substring(url.lastIndexOf('/') + 1));
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** An order whose events keep to the document, as all that was said until now. */
    public OrderClaims eventually(UUID order) {
        journal.keepsToTheDocument();
        return new OrderClaims(this, order);
    }

    /** Waits until an article's shelf looks like this. */
    public void eventuallyHas(Sku sku, int onHand, int reserved, int sold) {
        var expected = "on_hand %d, reserved %d, sold %d".formatted(onHand, reserved, sold);
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(shelf(sku))
                .isEqualTo(expected));
    }

    public String shelf(Sku sku) {
        var level = client.get("/stock/" + sku.name()).expect(200).body();
        return "on_hand %d, reserved %d, sold %d"
                .formatted(
                        level.path("on_hand").asInt(),
                        level.path("reserved").asInt(),
                        level.path("sold").asInt());
    }

    /** The types of an order's events, as they reached the silent reader. */
    public List<String> saidOf(UUID order) {
        return journal.of(order).stream()
                .filter(entry -> !entry.isForOthers())
                .map(Journal.Entry::type)
                .toList();
    }

    /** What the provider has moved for an order: charged less refunded, in cents. */
    public long moneyFor(UUID order) {
        return books.queryForObject("""
                select coalesce(sum(case operation when 'charge' then amount_minor else -amount_minor end), 0)
                from provider.journal where right(key, 36) = ?""", Long.class, order.toString());
    }

    public int chargesFor(UUID order) {
        return books.queryForObject(
                "select count(*) from provider.journal where operation = 'charge' and right(key, 36) = ?",
                Integer.class,
                order.toString());
    }

    public List<Mailbox.Mail> mailsTo(OrderForm form) {
        return site.mailbox().to(form.email());
    }

    public List<Parked> parkedOf(Role role, UUID order) {
        return instance().parking().list(role, 1000).stream()
                .filter(parked -> order.equals(parked.orderId()))
                .toList();
    }

    /** Waits until nobody has anything left to say, hear or do: what has not happened by then does not happen. */
    public void comesToRest() {
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        rest.isAwaited(jdbc))
                .isEmpty());
    }

    /** Waits until all of these orders are settled: final, and every part of them answered. */
    public void settles(Collection<UUID> orders) {
        await().pollDelay(Duration.ZERO).atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> {
            var settled = ledger();
            for (var order : orders) {
                var row = settled.get(order);
                assertThat(row != null && row.settled()).as(journal.tell(order)).isTrue();
            }
        });
    }

    /**
     * Money and mails of these orders, each of which is settled: charged in full if confirmed, else nothing; one mail
     * for each outcome.
     */
    public void keepsItsBooks(List<OrderForm> forms, List<UUID> orders) {
        settles(orders);
        var ledger = ledger();
        for (int i = 0; i < orders.size(); i++) {
            var row = ledger.get(orders.get(i));
            assertThat(row.moved())
                    .as("money in " + journal.tell(orders.get(i)))
                    .isEqualTo(row.status().equals("CONFIRMED") ? row.total() : 0);
            eventually(orders.get(i)).hasMails(forms.get(i), row.paymentStatus().equals("REFUNDED") ? 2 : 1);
        }
    }

    /** How many orders there are, and what became of them. */
    public Map<String, Long> outcomes() {
        return ledger().values().stream().collect(Collectors.groupingBy(LedgerRow::status, Collectors.counting()));
    }

    private record LedgerRow(UUID id, String status, String paymentStatus, boolean settled, long total, long moved) {}

    /** Each order beside what the provider has moved for it. */
    private Map<UUID, LedgerRow> ledger() {
        Map<UUID, Long> moved = new HashMap<>();
        books.query("""
                select right(key, 36)::uuid,
                       sum(case operation when 'charge' then amount_minor else -amount_minor end)
                from provider.journal group by right(key, 36)""", row -> {
            moved.put(row.getObject(1, UUID.class), row.getLong(2));
        });
        return jdbc
                .query(
                        "select id, status, payment_status, settled, total_minor from orders.orders",
                        (row, number) -> new LedgerRow(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getLong(5),
                                moved.getOrDefault(row.getObject(1, UUID.class), 0L)))
                .stream()
                .collect(Collectors.toMap(LedgerRow::id, Function.identity()));
    }

    /** The provider answers nobody, until it comes back. */
    public void providerIsAway(boolean away) {
        if (provider != null) {
            provider.isAway(away);
        } else if (away) {
            asSuperuser("alter table provider.charge rename to charge_that_is_away");
        } else {
            asSuperuser("alter table provider.charge_that_is_away rename to charge");
        }
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        journal.close();
        rest.close();
        connections.close();
        if (provider != null) {
            provider.close();
        }
        journal.keepsToTheDocument();
    }
}
