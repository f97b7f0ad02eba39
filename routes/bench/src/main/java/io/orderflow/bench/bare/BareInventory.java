package io.orderflow.bench.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reserves, sells and gives back; articles are locked in their order. */
final class BareInventory implements BareConsumer.Service {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Held(UUID order, String state, JsonNode lines) {}

    @Override
    public List<Said> handle(Connection transaction, List<Said> events) throws SQLException {
        List<Said> said = new ArrayList<>();
        reserve(transaction, of("OrderCreated", events), said);
        end(transaction, of("OrderConfirmed", events), "SOLD", "on_hand = on_hand - pieces, sold = sold + pieces,");
        for (var held : end(transaction, of("OrderCancelled", events), "RELEASED", "")) {
            said.add(Said.now(Said.INVENTORY_EVENTS, "StockReleased", held.order(), payload(held.lines())));
        }
        return said;
    }

    private static List<Said> of(String type, List<Said> events) {
        return events.stream().filter(event -> event.is(type)).toList();
    }

    private static JsonNode payload(JsonNode lines) {
        return JSON.createObjectNode().set("lines", lines);
    }

    private static void reserve(Connection transaction, List<Said> created, List<Said> said) throws SQLException {
        if (created.isEmpty()) {
            return;
        }
        Map<String, Long> wanted = new TreeMap<>();
        created.forEach(event -> add(wanted, event.payload().get("lines")));
        Map<String, Long> free = new HashMap<>();
        new Columns()
                .text(wanted.keySet(), sku -> sku)
                .query(
                        transaction,
                        "select sku, on_hand - reserved from inventory_stock where sku = any(?) order by sku for update",
                        row -> free.put(row.getString(1), row.getLong(2)));
        Map<String, Long> taken = new TreeMap<>();
        List<Held> held = new ArrayList<>();
        for (var event : created) {
            var lines = event.payload().get("lines");
            boolean there = isThere(lines, free);
            held.add(new Held(event.order(), there ? "RESERVED" : "REJECTED", lines));
            if (there) {
                lines.forEach(line -> free.merge(sku(line), -quantity(line), Long::sum));
                add(taken, lines);
            }
            said.add(Said.now(
                    Said.INVENTORY_EVENTS, there ? "StockReserved" : "StockRejected", event.order(), payload(lines)));
        }
        move(transaction, taken, "reserved = reserved + pieces");
        Columns.of(held, Held::order)
                .text(held, Held::state)
                .text(held, reservation -> reservation.lines().toString())
                .update(transaction, """
                        insert into inventory_reservation (order_id, state, lines)
                        select id, state, lines::jsonb from unnest(?, ?, ?) as row (id, state, lines)""");
    }

    /** Ends reservations: what was held is moved so. */
    private static List<Held> end(Connection transaction, List<Said> ended, String state, String moved)
            throws SQLException {
        if (ended.isEmpty()) {
            return List.of();
        }
        var all = Columns.of(ended, Said::order)
                .query(
                        transaction,
                        "update inventory_reservation set state = '" + state + "', changed_at = now()"
                                + " where order_id = any(?) returning order_id, old.state, lines",
                        row -> new Held(row.getObject(1, UUID.class), row.getString(2), lines(row.getString(3))));
        Map<String, Long> pieces = new TreeMap<>();
        all.stream().filter(held -> held.state().equals("RESERVED")).forEach(held -> add(pieces, held.lines()));
        move(transaction, pieces, moved + "reserved = reserved - pieces");
        return all;
    }

    private static void move(Connection transaction, Map<String, Long> pieces, String how) throws SQLException {
        var rows = pieces.entrySet();
        new Columns()
                .text(rows, Map.Entry::getKey)
                .number(rows, Map.Entry::getValue)
                .update(
                        transaction,
                        "update inventory_stock set " + how
                                + " from unnest(?, ?) as row (article, pieces) where sku = article");
    }

    private static boolean isThere(JsonNode lines, Map<String, Long> free) {
        for (var line : lines) {
            if (free.getOrDefault(sku(line), 0L) < quantity(line)) {
                return false;
            }
        }
        return true;
    }

    private static void add(Map<String, Long> pieces, JsonNode lines) {
        lines.forEach(line -> pieces.merge(sku(line), quantity(line), Long::sum));
    }

    private static String sku(JsonNode line) {
        return line.get("sku").textValue();
    }

    private static long quantity(JsonNode line) {
        return line.get("quantity").longValue();
    }

    private static JsonNode lines(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(json, e);
        }
    }
}
