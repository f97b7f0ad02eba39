package io.orderflow.bench.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Orders that come while others are written share the next transaction. */
final class BarePlacing {

    private static final int TOGETHER = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<Placing> waiting = new LinkedBlockingQueue<>();
    private final Connection connection;
    private final BareOutbox outbox;
    private final Map<String, Long> prices;

    BarePlacing(Connection connection, BareOutbox outbox, Map<String, Long> prices) {
        this.connection = connection;
        this.outbox = outbox;
        this.prices = prices;
        Thread.ofPlatform().daemon().name("placing").start(this::write);
    }

    /** An order as somebody wants it. */
    record Wish(String key, byte[] sha256, JsonNode order, long total) {}

    private record Placing(UUID id, Wish wish, CompletableFuture<String> answer) {

        String key() {
            return wish.key();
        }

        String receipt() {
            return "{\"id\":\"" + id + "\",\"status\":\"PENDING\",\"total\":{\"amount_minor\":" + wish.total()
                    + ",\"currency\":\"EUR\"},\"links\":{\"self\":\"/orders/" + id + "\"}}";
        }
    }

    private record Piece(UUID order, long position, String sku, long quantity, long price) {}

    /** The answer comes after the commit; the same key gets the same one. */
    CompletableFuture<String> place(Wish wish) {
        var placing = new Placing(UuidCreator.getTimeOrderedEpoch(), wish, new CompletableFuture<>());
        waiting.add(placing);
        return placing.answer();
    }

    private void write() {
        List<Placing> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, TOGETHER - 1);
                write(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            batch.forEach(placing -> placing.answer().completeExceptionally(e));
            throw new IllegalStateException("placing", e);
        }
    }

    private void write(List<Placing> batch) throws SQLException {
        var mine = claimed(batch);
        var events = mine.stream().flatMap(BarePlacing::events).toList();
        if (!mine.isEmpty()) {
            store(mine);
            outbox.store(connection, events);
        }
        connection.commit();
        mine.forEach(placing -> placing.answer().complete(placing.receipt()));
        outbox.send(events);
        if (mine.size() < batch.size()) {
            answerAgain(batch);
        }
    }

    /** Those whose key is new. */
    private List<Placing> claimed(List<Placing> batch) throws SQLException {
        Set<String> claimed = new HashSet<>(new Columns()
                .text(batch, Placing::key)
                .bytes(batch, placing -> placing.wish().sha256())
                .text(batch, Placing::receipt)
                .query(connection, """
                        insert into orders_key (caller, key, body_sha256, answer)
                        select 'demo', key, sha256, answer from unnest(?, ?, ?) as row (key, sha256, answer)
                        on conflict do nothing returning key""", row -> row.getString(1)));
        return batch.stream().filter(placing -> claimed.remove(placing.key())).toList();
    }

    private void store(List<Placing> mine) throws SQLException {
        Columns.of(mine, Placing::id)
                .number(mine, placing -> placing.wish().total())
                .update(connection, """
                        insert into orders_order (id, customer_id, status, payment_status, stock_status, settled, total_minor, currency)
                        select id, 'demo', 'PENDING', 'PENDING', 'PENDING', false, total, 'EUR'
                        from unnest(?, ?) as row (id, total)""");
        var lines = mine.stream().flatMap(placing -> lines(placing).stream()).toList();
        Columns.of(lines, Piece::order)
                .number(lines, Piece::position)
                .text(lines, Piece::sku)
                .number(lines, Piece::quantity)
                .number(lines, Piece::price)
                .update(connection, """
                        insert into orders_line (order_id, position, sku, quantity, unit_price_minor)
                        select * from unnest(?, ?, ?, ?, ?)""");
        Columns.of(mine, Placing::id).update(connection, """
                        insert into orders_history (order_id, status, event)
                        select id, 'PENDING', 'OrderCreated' from unnest(?) as row (id)""");
    }

    private List<Piece> lines(Placing placing) {
        var lines = placing.wish().order().get("lines");
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new Piece(
                        placing.id(),
                        i,
                        lines.get(i).get("sku").textValue(),
                        lines.get(i).get("quantity").longValue(),
                        prices.get(lines.get(i).get("sku").textValue())))
                .toList();
    }

    private static Stream<Said> events(Placing placing) {
        var order = placing.wish().order();
        ObjectNode created = JSON.createObjectNode().put("customer_id", "demo");
        created.putObject("total").put("amount_minor", placing.wish().total()).put("currency", "EUR");
        created.set("lines", order.get("lines"));
        created.set("payment_token", order.get("payment").get("token"));
        return Stream.of(
                Said.now(Said.ORDER_EVENTS, "OrderCreated", placing.id(), created),
                Said.now(Said.ORDER_CONTACTS, "OrderContact", placing.id(), order.get("customer")));
    }

    private void answerAgain(List<Placing> batch) throws SQLException {
        var others = batch.stream()
                .filter(placing -> !placing.answer().isDone())
                .collect(Collectors.groupingBy(Placing::key));
        new Columns()
                .text(others.keySet(), key -> key)
                .query(connection, "select key, answer from orders_key where caller = 'demo' and key = any(?)", row -> {
                    var answer = row.getString(2);
                    return others.get(row.getString(1)).stream()
                            .map(placing -> placing.answer().complete(answer))
                            .toList();
                });
        connection.commit();
    }
}
