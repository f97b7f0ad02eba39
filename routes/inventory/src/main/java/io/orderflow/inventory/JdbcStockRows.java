package io.orderflow.inventory;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Line;
import io.orderflow.http.Audit;
import io.orderflow.http.Idempotency;
import io.orderflow.http.Idempotency.Claim;
import io.orderflow.http.Idempotency.Claimed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.JdbcUpdateAffectedIncorrectNumberOfRowsException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stock in PostgreSQL: one statement for each table and batch, with arrays. */
final class JdbcStockRows implements StockRows {

    private static final String LOCK_RESERVATIONS = """
            select order_id, state, lines, version from inventory.reservation
             where order_id = any (?) order by order_id for no key update""";

    private static final String LOCK_ITEMS = """
            select sku, on_hand, reserved, sold from inventory.stock_item
             where sku = any (?) order by sku for no key update""";

    private static final String ADD_ITEMS = """
            insert into inventory.stock_item (sku, on_hand)
            select distinct sku, 0 from unnest(?::text[]) as given (sku) order by sku
                on conflict (sku) do nothing returning sku""";

    private static final String SAVE_RESERVATIONS = """
            insert into inventory.reservation as stored (order_id, state, lines, version)
            select order_id, state, lines::jsonb, version + 1
              from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[]) as given (order_id, state, lines, version)
                on conflict (order_id) do update
               set state = excluded.state, lines = excluded.lines, version = excluded.version, changed_at = now()
             where stored.version = excluded.version - 1""";

    private static final String MOVE_ITEMS = """
            update inventory.stock_item as item
               set on_hand = item.on_hand + change.on_hand,
                   reserved = item.reserved + change.reserved,
                   sold = item.sold + change.sold
              from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[]) as change (sku, on_hand, reserved, sold)
             where item.sku = change.sku
               and item.reserved + change.reserved between 0 and item.on_hand + change.on_hand""";

    private static final String ADD_DELIVERIES = """
            insert into inventory.delivery (id, sku, quantity, caller)
            select * from unnest(?::uuid[], ?::text[], ?::integer[], ?::text[])""";

    /** Reservations that are final since before a time, at most so many. */
    static final String FORGET_RESERVATIONS = """
            delete from inventory.reservation where ctid = any (array(
                select ctid from inventory.reservation
                 where changed_at < ? and state in ('SOLD', 'RELEASED', 'REJECTED')
                 limit ? for update skip locked))""";

    /** For how many seconds the oldest reservation has held stock. */
    static final String OLDEST_RESERVED = """
            select extract(epoch from clock_timestamp() - min(changed_at)) from inventory.reservation
             where state = 'RESERVED'""";

    /** Keys that were claimed before a time, at most so many. */
    static final String FORGET_KEYS = """
            delete from inventory.idempotency_key where ctid = any (array(
                select ctid from inventory.idempotency_key where claimed_at < ?
                 limit ? for update skip locked))""";

    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};
    private static final TypeReference<Receipt> RECEIPT = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final Idempotency keys;
    private final Audit audit;
    private final JsonMapper json = new JsonMapper();

    JdbcStockRows(JdbcTemplate jdbc, Idempotency keys, Audit audit) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.audit = audit;
    }

    @Override
    public Map<Delivery, Receipt> claim(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Map.of();
        }
        var claimed = keys.claim(
                        deliveries.stream().map(one -> claim(one, null)).toList())
                .iterator();
        var receipts = new HashMap<Delivery, Receipt>();
        for (var delivery : deliveries) {
            switch (claimed.next()) {
                case Claimed.First first -> {}
                case Claimed.Again again -> receipts.put(delivery, read(again.answer(), RECEIPT));
                case Claimed.OtherBody other -> receipts.put(delivery, new Receipt.KeyTaken());
            }
        }
        return receipts;
    }

    @Override
    public List<Reservation> reservations(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        return jdbc.query(LOCK_RESERVATIONS, (row, at) -> reservation(row), (Object) orders.toArray(UUID[]::new));
    }

    @Override
    public List<StockItem> items(Collection<String> skus) {
        if (skus.isEmpty()) {
            return List.of();
        }
        return jdbc.query(LOCK_ITEMS, (row, at) -> item(row), (Object) skus.toArray(String[]::new));
    }

    @Override
    public void add(List<NewArticle> articles) {
        if (articles.isEmpty()) {
            return;
        }
        var added = new HashSet<>(jdbc.queryForList(ADD_ITEMS, String.class, (Object)
                articles.stream().map(NewArticle::sku).toArray(String[]::new)));
        // One that was there already is as it was.
        articles.forEach(one ->
                audit.write(added.remove(one.sku()) ? one.call().changing(null, onHand(0)) : one.call(), Audit.DONE));
    }

    @Override
    public void save(List<Reservation> reservations) {
        if (reservations.isEmpty()) {
            return;
        }
        int saved = jdbc.update(
                SAVE_RESERVATIONS,
                reservations.stream().map(Reservation::orderId).toArray(UUID[]::new),
                reservations.stream().map(one -> one.state().name()).toArray(String[]::new),
                reservations.stream().map(one -> write(one.lines())).toArray(String[]::new),
                reservations.stream().map(Reservation::version).toArray(Long[]::new));
        if (saved != reservations.size()) {
            throw new OptimisticLockingFailureException("reservations: " + saved + " of " + reservations.size()
                    + " saved (expected: all; another transaction came between)");
        }
    }

    @Override
    public void move(List<Movement> movements) {
        if (movements.isEmpty()) {
            return;
        }
        int moved = jdbc.update(
                MOVE_ITEMS,
                movements.stream().map(Movement::sku).toArray(String[]::new),
                movements.stream().map(Movement::onHand).toArray(Long[]::new),
                movements.stream().map(Movement::reserved).toArray(Long[]::new),
                movements.stream().map(Movement::sold).toArray(Long[]::new));
        if (moved != movements.size()) {
            throw new JdbcUpdateAffectedIncorrectNumberOfRowsException(MOVE_ITEMS, movements.size(), moved);
        }
    }

    @Override
    public void keep(Map<Delivery, Receipt> receipts) {
        if (receipts.isEmpty()) {
            return;
        }
        var claims = receipts.entrySet().stream()
                .collect(partitioningBy(
                        one -> one.getValue() instanceof Receipt.Received,
                        mapping(one -> claim(one.getKey(), write(one.getValue())), toList())));
        keys.answer(claims.get(true));
        keys.forget(claims.get(false));
        Map<Delivery, StockItem> after = new LinkedHashMap<>();
        receipts.forEach((delivery, receipt) -> {
            if (receipt instanceof Receipt.Received taken) {
                after.put(delivery, taken.item());
            }
        });
        var received = List.copyOf(after.keySet());
        jdbc.update(
                ADD_DELIVERIES,
                received.stream().map(one -> UuidCreator.getTimeOrderedEpoch()).toArray(UUID[]::new),
                received.stream().map(Delivery::sku).toArray(String[]::new),
                received.stream().map(Delivery::quantity).toArray(Integer[]::new),
                received.stream().map(one -> one.caller().id()).toArray(String[]::new));
        after.forEach((one, item) -> audit.write(
                one.call().changing(onHand(item.onHand() - one.quantity()), onHand(item.onHand())), Audit.DONE));
    }

    private static String onHand(long pieces) {
        return "on hand " + pieces;
    }

    /** The key's scope is the caller and the article's deliveries. */
    private static Claim claim(Delivery delivery, String receipt) {
        return new Claim(
                delivery.caller().id(),
                "receive-delivery " + delivery.sku(),
                delivery.key().value(),
                delivery.bodyHash(),
                receipt);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("row: " + text + " (expected: " + type.getType() + ")", e);
        }
    }

    private Reservation reservation(ResultSet row) throws SQLException {
        return new Reservation(
                row.getObject("order_id", UUID.class),
                Reservation.State.valueOf(row.getString("state")),
                read(row.getString("lines"), LINES),
                row.getLong("version"));
    }

    private static StockItem item(ResultSet row) throws SQLException {
        return new StockItem(
                row.getString("sku"), row.getLong("on_hand"), row.getLong("reserved"), row.getLong("sold"));
    }
}
