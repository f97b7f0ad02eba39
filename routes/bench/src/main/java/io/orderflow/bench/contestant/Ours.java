package io.orderflow.bench.contestant;

import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Ourselves: all services in one process. */
final class Ours {

    private static final String NAME = "orderflow";

    private static final String LEDGER = """
            select orders.id as order_id, status, total_minor as total, coalesce(charged, 0) as charged,
                coalesce(refunded, 0) as refunded, coalesce(charges, 0) as charges, ordered, coalesce(held, 0) as held
            from orders.orders
            join (select order_id, sum(quantity) as ordered from orders.order_line group by order_id) line
                on line.order_id = orders.id
            left join (select right(key, 36)::uuid as order_id, sum(amount_minor) filter (where operation = 'charge') as charged,
                    sum(amount_minor) filter (where operation = 'refund') as refunded,
                    count(*) filter (where operation = 'charge') as charges
                from provider.journal group by 1) journal on journal.order_id = orders.id
            left join (select order_id, sum((line ->> 'quantity')::int) as held
                from inventory.reservation, jsonb_array_elements(lines) as line
                where state in ('RESERVED', 'SOLD') group by order_id) stock on stock.order_id = orders.id""";
    private static final String TAKEN = """
            select sku, 1000000000 - on_hand + reserved as pieces from inventory.stock_item where sku <> 'gone'""";
    private static final String UNSENT = """
            select (select count(*) from orders.outbox) + (select count(*) from payments.outbox)
                + (select count(*) from inventory.outbox) + (select count(*) from payments.work)
                + (select count(*) from notifications.work) + (select count(*) from orders.orders where not settled)""";

    private Ours() {}

    /**
     * @param settings more of the services' settings, as on their command line
     */
    static Contestant with(List<String> settings) {
        return new Contestant(
                NAME,
                "orderflow, all services in one process",
                (machine, http, mail) -> start(machine, http, mail, settings),
                new Contestant.Ends(Topology.ORDER_EVENTS.topic(), List.of("\"OrderConfirmed\"", "\"OrderCancelled\"")),
                new Contestant.Account(LEDGER, TAKEN, UNSENT),
                "/orders/{id}/cancellation",
                true);
    }

    private static Running start(Machine machine, int http, int mail, List<String> settings)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=" + http, "--orderflow.notifications.smtp-port=" + mail));
        arguments.addAll(settings);
        var app = OwnServices.start(machine, NAME, SameHeap.and(List.of()), arguments);
        seed(machine);
        return app;
    }

    private static void seed(Machine machine) {
        try {
            machine.database(NAME).execute("""
                    create temporary table article as %s;
                    insert into orders.product (sku, name) select sku, sku from article on conflict do nothing;
                    insert into orders.product_price (sku, currency, amount_minor) select sku, 'EUR', price from article
                        on conflict do nothing;
                    insert into inventory.stock_item (sku, on_hand) select sku, on_hand from article
                        on conflict do nothing""".formatted(OrderMix.articles()));
        } catch (SQLException e) {
            throw new IllegalStateException("orderflow: no articles", e);
        }
    }
}
