package io.orderflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is waited for begins where an order was meant to be sent, and an order ends once. */
class SightingsTest {

    private final SeenIds ids = new SeenIds();
    private final Sightings sightings = new Sightings(ids);

    @Test
    void waitingBeginsWhereTheOrderWasMeantToBeSent() {
        var order = UUID.randomUUID();
        long anHourAgo = sightings.now() - Duration.ofHours(1).toNanos();

        sightings.accepted(order, anHourAgo);
        sightings.ended(order);

        assertThat(sightings.acceptance().getMinValue()).isGreaterThan(3_590_000_000L);
        assertThat(sightings.end().getMinValue()).isGreaterThan(3_590_000_000L);
    }

    @Test
    void anEndMayBeHeardBeforeItsAcceptance() {
        var order = UUID.randomUUID();

        sightings.ended(order);
        assertThat(sightings.ends()).isZero();
        sightings.accepted(order, sightings.now());

        assertThat(sightings.ends()).isEqualTo(1);
        assertThat(sightings.end().getTotalCount()).isEqualTo(1);
        assertThat(sightings.end().getMaxValue())
                .isLessThan(Duration.ofMinutes(1).toNanos() / 1_000);
    }

    @Test
    void anEndThatIsSaidTwiceCountsOnce() {
        var order = UUID.randomUUID();

        sightings.accepted(order, 0);
        sightings.ended(order);
        sightings.ended(order);
        sightings.accepted(order, 0);

        assertThat(sightings.ends()).isEqualTo(1);
        assertThat(ids.size()).isEqualTo(1);
    }
}
