package io.orderflow.bench.bare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Joins the answers of payments and inventory, whichever comes first, and lets a customer call an order off. */
final class BareOrders implements BareConsumer.Service {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALLED_OFF = "CalledOff";

    private final Connection own;
    private final BareOutbox outbox;

    /**
     * @param own for what customers call off
     */
    BareOrders(Connection own, BareOutbox outbox) {
        this.own = own;
        this.outbox = outbox;
    }

    /** An order with what becomes of it in this transaction. */
    private static final class Row {
        private final UUID id;
        private final long total;
        private String status;
        private String reason;
        private String payment;
        private String stock;
        private boolean settled;

        Row(UUID id, long total, String status, String reason, String payment, String stock) {
            this.id = id;
            this.total = total;
            this.status = status;
            this.reason = reason;
            this.payment = payment;
            this.stock = stock;
        }
    }

    private record Entry(UUID order, String status, String event) {}

    @Override
    public List<Said> handle(Connection transaction, List<Said> events) throws SQLException {
        var orders = load(transaction, events);
        List<Entry> history = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        for (var event : events) {
            var order = orders.get(event.order());
            note(order, event.type());
            history.add(new Entry(order.id, order.status, event.type()));
            decide(order, said, history);
        }
        store(transaction, orders.values(), history);
        return said;
    }

    /** Calls an order off, unless it has come to its end. */
    synchronized void callOff(UUID order) throws SQLException {
        var said = handle(own, List.of(Said.now("", CALLED_OFF, order, JSON.createObjectNode())));
        outbox.store(own, said);
        own.commit();
        outbox.send(said);
    }

    private static Map<UUID, Row> load(Connection transaction, List<Said> events) throws SQLException {
        Map<UUID, Row> orders = new LinkedHashMap<>();
        Columns.of(events, Said::order)
                .query(
                        transaction,
                        """
                        select id, total_minor, status, reason, payment_status, stock_status from orders_order
                        where id = any(?) order by id for update""",
                        row -> new Row(
                                row.getObject(1, UUID.class),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)))
                .forEach(order -> orders.put(order.id, order));
        return orders;
    }

    private static void note(Row order, String event) {
        switch (event) {
            case "PaymentCompleted" -> order.payment = "CAPTURED";
            case "PaymentDeclined" -> order.payment = "DECLINED";
            case "PaymentRefunded" -> order.payment = "REFUNDED";
            case "PaymentVoided" -> order.payment = "VOIDED";
            case "StockReserved" -> order.stock = "RESERVED";
            case "StockRejected" -> order.stock = "REJECTED";
            case "StockReleased" -> order.stock = "RELEASED";
            case CALLED_OFF -> order.reason = order.status.equals("PENDING") ? "CUSTOMER" : order.reason;
            default -> throw new IllegalStateException(event);
        }
    }

    private static void decide(Row order, List<Said> said, List<Entry> history) {
        if (order.status.equals("PENDING")) {
            if (order.payment.equals("DECLINED")) {
                order.reason = "PAYMENT_DECLINED";
            } else if (order.stock.equals("REJECTED")) {
                order.reason = "OUT_OF_STOCK";
            }
            ObjectNode payload = JSON.createObjectNode();
            if (order.reason != null) {
                order.status = "CANCELLED";
                say(order, "OrderCancelled", payload.put("reason", order.reason), said, history);
            } else if (order.payment.equals("CAPTURED") && order.stock.equals("RESERVED")) {
                order.status = "CONFIRMED";
                payload.putObject("total").put("amount_minor", order.total).put("currency", "EUR");
                say(order, "OrderConfirmed", payload, said, history);
            }
        }
        boolean undone =
                (order.payment.equals("REFUNDED") || order.payment.equals("VOIDED")) && order.stock.equals("RELEASED");
        order.settled = order.status.equals("CONFIRMED") || undone;
    }

    private static void say(Row order, String type, ObjectNode payload, List<Said> said, List<Entry> history) {
        said.add(Said.now(Said.ORDER_EVENTS, type, order.id, payload));
        history.add(new Entry(order.id, order.status, type));
    }

    private static void store(Connection transaction, Collection<Row> orders, List<Entry> history) throws SQLException {
        Columns.of(orders, order -> order.id)
                .text(orders, order -> order.status)
                .text(orders, order -> order.reason)
                .text(orders, order -> order.payment)
                .text(orders, order -> order.stock)
                .text(orders, order -> String.valueOf(order.settled))
                .update(transaction, """
                        update orders_order set status = row.status, reason = row.reason, payment_status = row.payment,
                            stock_status = row.stock, settled = row.settled::boolean,
                            finished_at = case when row.status = 'PENDING' then null else coalesce(finished_at, now()) end
                        from unnest(?, ?, ?, ?, ?, ?) as row (id, status, reason, payment, stock, settled)
                        where orders_order.id = row.id""");
        Columns.of(history, Entry::order)
                .text(history, Entry::status)
                .text(history, Entry::event)
                .update(transaction, """
                        insert into orders_history (order_id, status, event) select * from unnest(?, ?, ?)""");
    }
}
