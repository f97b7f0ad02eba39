package io.orderflow.bench.contestant;

import io.orderflow.bench.bare.Bare;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import java.io.IOException;
import java.util.List;

/** The floor with the same work. */
final class BareContestant {

    private static final String NAME = "bare";

    private static final String LEDGER = """
            select orders_order.id as order_id, status, total_minor as total, coalesce(charged, 0) as charged,
                coalesce(refunded, 0) as refunded, coalesce(charges, 0) as charges, ordered, coalesce(held, 0) as held
            from orders_order
            join (select order_id, sum(quantity) as ordered from orders_line group by order_id) line
                on line.order_id = orders_order.id
            left join (select right(key, 36)::uuid as order_id, sum(amount_minor) filter (where operation = 'charge') as charged,
                    sum(amount_minor) filter (where operation = 'refund') as refunded,
                    count(*) filter (where operation = 'charge') as charges
                from provider_journal group by 1) journal on journal.order_id = orders_order.id
            left join (select order_id, sum((line ->> 'quantity')::int) as held
                from inventory_reservation, jsonb_array_elements(lines) as line
                where state in ('RESERVED', 'SOLD') group by order_id) stock on stock.order_id = orders_order.id""";
    private static final String TAKEN = """
            select sku, 1000000000 - on_hand + reserved as pieces from inventory_stock where sku <> 'gone'""";
    private static final String UNSENT = """
            select (select count(*) from orders_outbox) + (select count(*) from payments_outbox)
                + (select count(*) from inventory_outbox) + (select count(*) from orders_order where not settled)
                + (select count(*) from notifications_mail where state <> 'SENT')""";

    private BareContestant() {}

    static Contestant contestant() {
        return new Contestant(
                NAME,
                "the same work in bare Java: no framework, no recovery, no operators",
                BareContestant::start,
                new Contestant.Ends("bare_order_events", List.of("\"OrderConfirmed\"", "\"OrderCancelled\"")),
                new Contestant.Account(LEDGER, TAKEN, UNSENT),
                "/orders/{id}/cancellation",
                false);
    }

    private static Running start(Machine machine, int http, int mail) throws IOException {
        return Running.start(
                        NAME,
                        machine.log(NAME),
                        SameHeap.and(List.of(
                                "-Dsun.net.httpserver.nodelay=true", "-Dsun.net.httpserver.maxIdleConnections=1000")),
                        Bare.class,
                        List.of(
                                "--database=" + machine.database(NAME).url(),
                                "--brokers=" + machine.brokers(),
                                "--http-port=" + http,
                                "--mail-port=" + mail))
                .await("ready");
    }
}
