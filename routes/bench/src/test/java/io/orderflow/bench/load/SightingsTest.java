package io.orderflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is waited for begins where an order was meant to be sent, and an order ends once. */
class SightingsTest {

    private final SeenIds ids = new SeenIds();
    private long now = 1_000;
    private final Sightings sightings = new Sightings(ids, () -> now);

    @Test
    void waitingBeginsWhereTheOrderWasMeantToBeSent() {
        var order = UUID.randomUUID();

        now += Duration.ofSeconds(5).toNanos();
        sightings.accepted(order, Duration.ofSeconds(2).toNanos());
        now += Duration.ofSeconds(1).toNanos();
        sightings.ended(order);

        assertThat(sightings.acceptance().getMaxValue()).isBetween(2_990_000L, 3_010_000L);
        assertThat(sightings.end().getMaxValue()).isBetween(3_990_000L, 4_010_000L);
        assertThat(sightings.acceptedAfter()).isEqualTo(5);
        assertThat(sightings.endedAfter()).isEqualTo(6);
    }

    @Test
    void anEndMayBeHeardBeforeItsAcceptance() {
        var order = UUID.randomUUID();

        now += Duration.ofSeconds(3).toNanos();
        sightings.ended(order);
        assertThat(sightings.ends()).isZero();
        now += Duration.ofSeconds(1).toNanos();
        sightings.accepted(order, Duration.ofSeconds(1).toNanos());

        assertThat(sightings.ends()).isEqualTo(1);
        assertThat(sightings.end().getTotalCount()).isEqualTo(1);
        assertThat(sightings.end().getMaxValue())
                .isLessThan(Duration.ofMinutes(1).toNanos() / 1_000);
    }

    @Test
    void anEndThatIsSaidTwiceCountsOnce() {
        var order = UUID.randomUUID();

        sightings.accepted(order, 0);
        now++;
        sightings.ended(order);
        sightings.ended(order);
        sightings.accepted(order, 0);

        assertThat(sightings.ends()).isEqualTo(1);
        assertThat(ids.size()).isEqualTo(1);
    }
}
