package io.orderflow.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orderflow.http.Idempotency;
import io.orderflow.http.Idempotency.Claim;
import io.orderflow.http.Idempotency.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.JdbcUpdateAffectedIncorrectNumberOfRowsException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Orders in PostgreSQL: one statement for each table and batch, with arrays. */
final class JdbcOrderRows implements OrderRows {

    /** Part of each key's scope, so never changed. */
    static final String OPERATION = "place-order";

    private static final String READ_PRODUCTS = """
            select product.sku, product.name, price.currency, price.amount_minor
              from orders.product product left join orders.product_price price using (sku)
             where product.sku = any (?)""";

    private static final String LOCK_ORDERS =
            "select " + JdbcOrderStates.COLUMNS + "from orders.orders where id = any (?) order by id for update";

    private static final String LOCK_TO_ERASE = "select " + JdbcOrderStates.COLUMNS + """
              from orders.orders
             where settled and contact_erased_at is null
               and coalesce(settled_at, finished_at) < now() - make_interval(secs => ?)
             order by coalesce(settled_at, finished_at) limit ? for update skip locked""";

    private static final String REACHABLE = """
            select id, case when free_from > now() then free_from end as free_from
              from orders.orders,
                  lateral (select coalesce(settled_at, finished_at, now()) + make_interval(secs => ?) as free_from) told
             where id = any (?) and contact_erased_at is null""";

    private static final String ERASED = "update orders.orders set contact_erased_at = now() where id = any (?)";

    private static final String ADD_ORDERS = """
            insert into orders.orders
                   (id, customer_id, total_minor, currency,
                    status, payment_status, payment_settled, stock_status, settled)
            select id, customer_id, total_minor, currency, 'PENDING', 'PENDING', false, 'PENDING', false
              from unnest(?::uuid[], ?::text[], ?::bigint[], ?::text[])
                   as given (id, customer_id, total_minor, currency)""";

    private static final String ADD_LINES = """
            insert into orders.order_line (order_id, position, sku, quantity, unit_price_minor)
            select * from unnest(?::uuid[], ?::integer[], ?::text[], ?::integer[], ?::bigint[])""";

    private static final String SAVE_ORDERS = """
            update orders.orders as stored
               set status = given.status, reason = given.reason, payment_status = given.payment_status,
                   payment_settled = given.payment_settled, stock_status = given.stock_status, settled = given.settled,
                   finished_at = case when given.status <> 'PENDING' then coalesce(stored.finished_at, now()) end,
                   settled_at = case when given.settled then coalesce(stored.settled_at, now()) end
              from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::boolean[])
                   as given (id, status, reason, payment_status, payment_settled, stock_status, settled)
             where stored.id = given.id""";

    private static final String ADD_ENTRIES = """
            insert into orders.order_history (order_id, recorded_at, status, event, by)
            select order_id, recorded_at, status, event, by
              from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[])
                   with ordinality as given (order_id, recorded_at, status, event, by, number)
             order by number""";

    /** Orders that are over, with their lines and histories: before a time, at most so many. */
    static final String FORGET_ORDERS = """
            with slice as materialized (
                     select id from orders.orders
                      where finished_at < ? and settled and contact_erased_at is not null
                      limit ? for update skip locked),
                 lines as (delete from orders.order_line where order_id = any (array(select id from slice))),
                 steps as (delete from orders.order_history where order_id = any (array(select id from slice)))
            delete from orders.orders where id = any (array(select id from slice))""";

    /** Keys that were claimed before a time, at most so many. */
    static final String FORGET_KEYS = """
            delete from orders.idempotency_key where ctid = any (array(
                select ctid from orders.idempotency_key where claimed_at < ?
                 limit ? for update skip locked))""";

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcTemplate jdbc;
    private final Idempotency keys;

    JdbcOrderRows(JdbcTemplate jdbc, Idempotency keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    @Override
    public Map<String, Product> products(Collection<String> skus) {
        if (skus.isEmpty()) {
            return Map.of();
        }
        Map<String, Product> products = new HashMap<>();
        jdbc.query(
                READ_PRODUCTS,
                row -> {
                    var sku = row.getString("sku");
                    var product = products.get(sku);
                    if (product == null) {
                        product = new Product(sku, row.getString("name"), new TreeMap<>());
                        products.put(sku, product);
                    }
                    var currency = row.getString("currency");
                    if (currency != null) {
                        product.prices().put(currency, row.getLong("amount_minor"));
                    }
                },
                (Object) skus.toArray(String[]::new));
        return products;
    }

    @Override
    public Map<UUID, Placement> claim(Map<PlaceOrder, Placement> answers) {
        Map<UUID, Placement> earlier = new HashMap<>();
        var left = answers;
        while (!left.isEmpty()) {
            left = claim(left, earlier);
        }
        return earlier;
    }

    /**
     * Claims keys, and gives those back for which nothing was done.
     *
     * @return the wishes whose key another one of them has had and given back; nobody else gets it before this
     *     transaction ends, so that claiming it again waits for nobody
     */
    private Map<PlaceOrder, Placement> claim(Map<PlaceOrder, Placement> answers, Map<UUID, Placement> earlier) {
        var claims = answers.entrySet().stream()
                .map(one -> claim(one.getKey(), one.getValue()))
                .toList();
        var claimed = keys.claim(claims).iterator();
        List<Claim> free = new ArrayList<>();
        Map<PlaceOrder, Placement> left = new LinkedHashMap<>();
        for (var wish : answers.keySet()) {
            var answer = answers.get(wish);
            switch (claimed.next()) {
                case Claimed.First first -> {
                    if (answer instanceof Placement.Refused) {
                        free.add(claim(wish, answer));
                    }
                }
                case Claimed.Again again -> earlier.put(wish.id(), read(again.answer()));
                case Claimed.OtherBody other -> {
                    if (free.stream().anyMatch(claim(wish, answer)::hasKeyOf)) {
                        left.put(wish, answer);
                    } else {
                        earlier.put(wish.id(), new Placement.KeyTaken());
                    }
                }
            }
        }
        keys.forget(free);
        return left;
    }

    @Override
    public List<Order> lock(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.query(LOCK_ORDERS, (row, at) -> JdbcOrderStates.order(row), (Object) ids.toArray(UUID[]::new));
    }

    @Override
    public List<Order> lockToErase(Duration settledFor, int most) {
        return jdbc.query(LOCK_TO_ERASE, (row, at) -> JdbcOrderStates.order(row), settledFor.toMillis() / 1000.0, most);
    }

    @Override
    public void add(List<NewOrder> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.update(
                ADD_ORDERS,
                orders.stream().map(NewOrder::id).toArray(UUID[]::new),
                orders.stream().map(NewOrder::customerId).toArray(String[]::new),
                orders.stream().map(one -> one.accepted().total().amountMinor()).toArray(Long[]::new),
                orders.stream().map(one -> one.accepted().total().currency()).toArray(String[]::new));
        int size = orders.stream().mapToInt(one -> one.lines().size()).sum();
        var ids = new UUID[size];
        var positions = new Integer[size];
        var skus = new String[size];
        var quantities = new Integer[size];
        var prices = new Long[size];
        int row = 0;
        for (var order : orders) {
            int position = 0;
            for (var line : order.lines()) {
                ids[row] = order.id();
                positions[row] = position++;
                skus[row] = line.sku();
                quantities[row] = line.quantity();
                prices[row++] = line.unitPriceMinor();
            }
        }
        jdbc.update(ADD_LINES, ids, positions, skus, quantities, prices);
    }

    @Override
    public void save(Collection<Order> orders) {
        if (orders.isEmpty()) {
            return;
        }
        int saved = jdbc.update(
                SAVE_ORDERS,
                orders.stream().map(Order::id).toArray(UUID[]::new),
                orders.stream().map(one -> one.status().name()).toArray(String[]::new),
                orders.stream()
                        .map(one -> one.reason() == null ? null : one.reason().name())
                        .toArray(String[]::new),
                orders.stream().map(one -> one.payment().name()).toArray(String[]::new),
                orders.stream().map(Order::paymentSettled).toArray(Boolean[]::new),
                orders.stream().map(one -> one.stock().name()).toArray(String[]::new),
                orders.stream().map(Order::settled).toArray(Boolean[]::new));
        if (saved != orders.size()) {
            throw new JdbcUpdateAffectedIncorrectNumberOfRowsException(SAVE_ORDERS, orders.size(), saved);
        }
    }

    @Override
    public Map<UUID, Optional<Instant>> reachable(Collection<UUID> ids, Duration settledFor) {
        Map<UUID, Optional<Instant>> reachable = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.query(
                    REACHABLE,
                    row -> {
                        var freeFrom = Optional.ofNullable(row.getObject("free_from", OffsetDateTime.class));
                        reachable.put(row.getObject("id", UUID.class), freeFrom.map(OffsetDateTime::toInstant));
                    },
                    settledFor.toMillis() / 1000.0,
                    ids.toArray(UUID[]::new));
        }
        return reachable;
    }

    @Override
    public void erased(Collection<UUID> orders) {
        if (!orders.isEmpty()) {
            jdbc.update(ERASED, (Object) orders.toArray(UUID[]::new));
        }
    }

    @Override
    public void record(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.update(
                ADD_ENTRIES,
                entries.stream().map(Entry::orderId).toArray(UUID[]::new),
                entries.stream().map(one -> one.at().toString()).toArray(String[]::new),
                entries.stream().map(one -> one.status().name()).toArray(String[]::new),
                entries.stream().map(Entry::event).toArray(String[]::new),
                entries.stream().map(Entry::by).toArray(String[]::new));
    }

    private Claim claim(PlaceOrder wish, Placement answer) {
        return new Claim(wish.caller().id(), OPERATION, wish.key().value(), wish.bodyHash(), write(answer));
    }

    private String write(Placement answer) {
        try {
            return JSON.writerFor(Placement.class).writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@link #claim} has written. */
    static Placement read(String answer) {
        try {
            return JSON.readValue(answer, Placement.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("idempotency key's answer: (expected: a placement)", e);
        }
    }
}
