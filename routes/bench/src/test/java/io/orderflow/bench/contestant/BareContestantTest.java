package io.orderflow.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.bench.bare.Bare;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.EndsHeard;
import io.orderflow.bench.load.Feed;
import io.orderflow.bench.load.MailSink;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.load.SeenIds;
import io.orderflow.bench.load.Sightings;
import io.orderflow.bench.machine.Sql;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The floor with the same work does all of it: else it would be compared with what it does not do. */
class BareContestantTest {

    private static final int ORDERS = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void everyOrderIsPaidReservedToldOrUndoneToTheCent() throws Exception {
        var database = new Sql(Postgres.shared().freshDatabase().url() + "?user=postgres");
        var brokers = Broker.shared().address();
        var bare = BareContestant.contestant();
        var accepted = new SeenIds();
        int port = Ports.free();
        try (var mails = new MailSink()) {
            Bare.start(database.url(), brokers, port, mails.port());
            var ends = new EndsHeard(brokers, bare.ends().topic(), bare.ends().marks());
            var sightings = new Sightings(accepted);
            ends.listen(sightings, true);

            new Feed(port, bare.cancellation()).place(Demand.closed(OrderMix.MIXED, 16, ORDERS), sightings);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(sightings.ends()).isEqualTo(ORDERS);
                assertThat(mails.told()).isEqualTo(ORDERS);
                assertThat(database.number(bare.account().unsent())).isZero();
            });
            assertThat(new LedgerAudit(bare.account(), accepted, mails).of(database))
                    .isEmpty();
            assertThat(database.list(
                            "select distinct status || coalesce(' ' || reason, '') from orders_order",
                            row -> row.getString(1)))
                    .contains("CONFIRMED", "CANCELLED PAYMENT_DECLINED", "CANCELLED OUT_OF_STOCK");
            ends.end();
        }
    }
}
