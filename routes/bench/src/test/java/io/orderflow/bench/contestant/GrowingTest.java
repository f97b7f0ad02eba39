package io.orderflow.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.app.Orderflow;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.Sql;
import io.orderflow.testkit.Postgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is grown by SQL has the shape that orders leave, on the schema as it is: our own audit finds it right. */
class GrowingTest {

    @Test
    void grownOrdersAreRightAndWhatWaitsWaits() throws Exception {
        var url = Postgres.shared().freshDatabase().url();
        Orderflow.migrate(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=postgres",
                "--orderflow.messaging.brokers=none");
        var database = new Sql(url + "?user=postgres");
        database.execute("create temporary table article as " + OrderMix.articles() + """
                ; insert into inventory.stock_item (sku, on_hand) select sku, on_hand from article""");

        Growing.orders(database, 150);
        Growing.waiting(database, 30);

        var account = Ours.with(List.of()).account();
        assertThat(database.number("select count(*) from (" + account.ledger() + """
                ) as ledger where status = 'CONFIRMED' and charged = total and charges = 1 and held = ordered"""))
                .isEqualTo(150);
        assertThat(database.number("select sum(pieces) from (" + account.taken() + ") as taken"))
                .isEqualTo(300);
        assertThat(database.number("select count(*) from notifications.mail where state = 'SENT'"))
                .isEqualTo(150);
        for (var waiting : List.of(
                "notifications.mail where state = 'WAITING'",
                "notifications.work where due_at > now()",
                "orders.outbox where refused_at is not null",
                "payments.parked where state = 'PARKED'")) {
            assertThat(database.number("select count(*) from " + waiting))
                    .as(waiting)
                    .isEqualTo(30);
        }
    }
}
