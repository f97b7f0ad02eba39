package io.orderflow.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;

/**
 * Checks the books of a local run from outside the services, and prints each equation with both of its sides. What was
 * paid is read from the payment provider's journal, and what was mailed from the files of the mail server.
 */
final class BooksCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK = 200;

    private final String database;
    private final String providerDatabase;
    private final Path mails;
    private final JsonNode stock;
    private final int allowedExtraMails;
    private final Duration patience;
    private final List<String> lines = new ArrayList<>();
    private boolean holds = true;

    /** @param patience for how long nothing may move while something is under way */
    BooksCheck(
            String database,
            String providerDatabase,
            Path mails,
            JsonNode stock,
            int allowedExtraMails,
            Duration patience) {
        this.database = database;
        this.providerDatabase = providerDatabase;
        this.mails = mails;
        this.stock = stock;
        this.allowedExtraMails = allowedExtraMails;
        this.patience = patience;
    }

    static BooksCheck of(Layout layout, int allowedExtraMails) {
        return new BooksCheck(
                layout.database(),
                layout.providerDatabase(),
                layout.mails(),
                Seed.stock(),
                allowedExtraMails,
                PATIENCE);
    }

    /** Waits until nothing is under way, then checks and prints; false if an equation does not hold. */
    boolean run(PrintStream out) throws SQLException, InterruptedException, IOException {
        try (var connection = DriverManager.getConnection(database, "orderflow", "")) {
            awaitQuiet(connection);
            check(connection);
        } catch (PSQLException e) {
            if ("08001".equals(e.getSQLState())) {
                throw new Refused("no database answers (expected: make run in another window)");
            }
            throw e;
        }
        lines.forEach(out::println);
        out.println(holds ? "The books are right." : "The books are WRONG.");
        return holds;
    }

    /** As long as something moves, and where orders go on coming, ten times as long as nothing may. */
    private void awaitQuiet(Connection connection) throws SQLException, InterruptedException {
        long end = System.nanoTime() + patience.multipliedBy(10).toNanos();
        long moved = System.nanoTime();
        long before = -1;
        while (System.nanoTime() - moved < patience.toNanos() && System.nanoTime() < end) {
            long now = number(connection, COUNT_UNDER_WAY);
            if (now == 0) {
                return;
            }
            if (now != before) {
                before = now;
                moved = System.nanoTime();
            }
            Thread.sleep(LOOK);
        }
    }

    private static final String COUNT_OUTCOMES = """
            select (select count(*) from orders.orders where status = 'CONFIRMED')
                 + (select count(*) from orders.orders where status = 'CANCELLED')
                 + (select count(*) from orders.orders where payment_status = 'REFUNDED')""";

    /** With the outcomes of which notifications has not heard: it may have been started just now. */
    private static final String COUNT_UNDER_WAY = """
            select (select count(*) from orders.orders where status = 'PENDING')
                 + (select count(*) from orders.orders where not settled)
                 + (select count(*) from notifications.mail where state in ('WAITING', 'DUE'))
                 + abs((%s) - (select count(*) from notifications.mail))
                 + %s + %s""".formatted(COUNT_OUTCOMES, rows("outbox"), rows("work"));

    /** All rows of a table that each service has. */
    private static String rows(String table) {
        return Topology.ORDERFLOW.drawn().stream()
                .map(role -> "(select count(*) from " + role + "." + table + ")")
                .collect(Collectors.joining(" + "));
    }

    private void check(Connection connection) throws SQLException, IOException {
        money(connection);
        stock(connection);
        mails(connection);
        equal(
                "every accepted order is final",
                number(connection, "select count(*) from orders.orders"),
                number(connection, "select count(*) from orders.orders where status in ('CONFIRMED', 'CANCELLED')"));
        equal("every key that was accepted has its order", 0, number(connection, """
                        select count(*) from orders.idempotency_key k
                        where operation = 'place-order' and answer::jsonb ->> 'placement' = 'accepted'
                          and not exists (select from orders.orders where id = (k.answer::jsonb ->> 'id')::uuid)"""));
        equal("no order is unsettled", 0, number(connection, "select count(*) from orders.orders where not settled"));
        for (var role : Topology.ORDERFLOW.drawn()) {
            equal(
                    "the outbox of " + role + " is empty",
                    0,
                    number(connection, "select count(*) from " + role + ".outbox"));
            equal(
                    "nothing is parked in " + role,
                    0,
                    number(connection, "select count(*) from " + role + ".parked where state = 'PARKED'"));
        }
        equal("no work is left", 0, number(connection, "select " + rows("work")));
    }

    /**
     * Compares the orders with the journals of both providers, the one in the services' process and the one over HTTP:
     * a run may have had the one first and then the other.
     */
    private void money(Connection connection) throws SQLException {
        var kept = new TreeMap<String, Long>();
        var entries = new ArrayList<String>();
        read(connection, "the provider in the services' process", kept, entries);
        try (var own = DriverManager.getConnection(providerDatabase, Layout.PROVIDER, "")) {
            read(own, "the provider over HTTP", kept, entries);
        } catch (PSQLException e) {
            if (!ABSENT_STATES.contains(e.getSQLState())) {
                throw e;
            }
        }
        kept.values().removeIf(amount -> amount == 0);
        equal("captured less refunded = totals of confirmed orders", kept, map(connection, """
                select currency, sum(total_minor) from orders.orders
                where status = 'CONFIRMED' group by currency"""));
        equal(
                "no order is charged or refunded twice",
                entries.size(),
                entries.stream().distinct().count());
    }

    /** The SQL states that mean: this database, login, schema or table does not exist. */
    private static final Set<String> ABSENT_STATES = Set.of("3D000", "28000", "3F000", "42P01");

    private void read(Connection books, String whose, Map<String, Long> kept, List<String> entries)
            throws SQLException {
        int before = entries.size();
        try (var statement = books.createStatement();
                var rows =
                        statement.executeQuery("select operation, key, currency, amount_minor from provider.journal")) {
            while (rows.next()) {
                boolean charge = rows.getString("operation").equals("charge");
                long amount = rows.getLong("amount_minor");
                entries.add(rows.getString("operation") + " " + rows.getString("key"));
                kept.merge(rows.getString("currency"), charge ? amount : -amount, Long::sum);
            }
        }
        if (entries.size() > before) {
            lines.add("       money is judged from the journal of " + whose + ": " + (entries.size() - before)
                    + " entries");
        }
    }

    private void stock(Connection connection) throws SQLException {
        Map<String, Long> began = new TreeMap<>();
        stock.properties()
                .forEach(item -> began.put(item.getKey(), item.getValue().longValue()));
        var delivered = map(connection, "select sku, sum(quantity) from inventory.delivery group by sku");
        var accounted = map(connection, "select sku, on_hand + sold from inventory.stock_item");
        accounted.keySet().retainAll(began.keySet());
        began.replaceAll((sku, quantity) -> quantity + delivered.getOrDefault(sku, 0L));
        equal("stock at the start + deliveries = on hand + sold", sum(began), sum(accounted));
        equal("... for each article", began.equals(accounted), true);
        var sold = map(connection, "select sku, sold from inventory.stock_item where sold > 0");
        var confirmed = map(connection, """
                select sku, sum(quantity) from orders.order_line
                join orders.orders on orders.id = order_line.order_id
                where status = 'CONFIRMED' group by sku""");
        equal("sold = lines of confirmed orders", sum(sold), sum(confirmed));
        equal("... for each article", sold.equals(confirmed), true);
        equal(
                "reserved = lines of open reservations",
                number(connection, "select coalesce(sum(reserved), 0) from inventory.stock_item"),
                number(connection, "select coalesce(sum(held), 0) from inventory.stock_audit"));
        equal("no final order holds stock", 0, number(connection, """
                        select count(*) from inventory.reservation
                        join orders.orders on orders.id = reservation.order_id
                        where state = 'RESERVED' and status <> 'PENDING'"""));
    }

    private void mails(Connection connection) throws SQLException, IOException {
        long outcomes = number(connection, COUNT_OUTCOMES);
        equal(
                "a mail for each outcome is noted",
                outcomes,
                number(connection, "select count(*) from notifications.mail"));
        equal("no mail waits", 0, number(connection, """
                        select count(*) from notifications.mail where state in ('WAITING', 'DUE')"""));
        var copies = copies();
        long extra = copies.values().stream().mapToInt(number -> number - 1).sum();
        equal("... and reached the mail server", outcomes, copies.size());
        if (extra <= allowedExtraMails) {
            lines.add("OK     extra copies of mails, by their Message-ID: " + extra + " (at most " + allowedExtraMails
                    + ")");
        } else {
            equal("no mail was sent twice", 0, extra);
        }
    }

    /** How often each mail arrived, by its Message-ID. */
    private Map<String, Integer> copies() throws IOException {
        Map<String, Integer> copies = new HashMap<>();
        if (!Files.isDirectory(mails)) {
            return copies;
        }
        try (var files = Files.list(mails)) {
            for (var file :
                    files.filter(name -> name.toString().endsWith(".eml")).toList()) {
                copies.merge(messageId(file), 1, Integer::sum);
            }
        }
        return copies;
    }

    private static String messageId(Path mail) throws IOException {
        try (var text = Files.lines(mail)) {
            return text.filter(line -> line.startsWith("Message-ID:"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(mail + ": no Message-ID"));
        }
    }

    private void equal(String what, Object one, Object other) {
        boolean equal = Objects.equals(String.valueOf(one), String.valueOf(other));
        holds &= equal;
        lines.add((equal ? "OK     " : "WRONG  ") + what + ": " + one + (equal ? "" : " and " + other));
    }

    private static long sum(Map<String, Long> numbers) {
        Collection<Long> values = numbers.values();
        return values.stream().mapToLong(Long::longValue).sum();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Map<String, Long> map(Connection connection, String sql) throws SQLException {
        Map<String, Long> map = new TreeMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                map.put(rows.getString(1), rows.getLong(2));
            }
        }
        return map;
    }
}
