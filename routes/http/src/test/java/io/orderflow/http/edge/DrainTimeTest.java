package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that is told to end answers requests for as long as load balancers need to notice. */
class DrainTimeTest {

    @Test
    void theRoutesEndWhenItsTimeIsOverAndNotBefore() throws Exception {
        var ended = new CountDownLatch(1);
        var over = new CountDownLatch(1);

        new Drain(Duration.ofHours(1)).stop(ended::countDown);
        new Drain(Duration.ofMillis(1)).stop(over::countDown);

        assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ended.getCount()).isOne();
    }
}
