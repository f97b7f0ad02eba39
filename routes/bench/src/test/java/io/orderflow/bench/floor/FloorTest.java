package io.orderflow.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What ours is compared with does all that it claims, or the ratio would flatter nobody honestly. */
class FloorTest {

    @Test
    void everyOrderIsConfirmedAndToldAndNothingIsLeftUnsent() throws Exception {
        var database = Postgres.shared().freshDatabase();
        var url = database.url() + "?user=postgres";

        try (var floor = new Floor(url, Broker.shared().address(), UUID.randomUUID() + "-")) {
            floor.run(250);

            assertThat(floor.confirmed()).isEqualTo(250);
            floor.settle();
            assertThat(floor.notified()).isEqualTo(250);
            assertThat(floor.unsent()).isZero();
        }
    }
}
