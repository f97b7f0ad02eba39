package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The plan has room for all that is promised of the sixty seconds. */
class DemoPlanTest {

    private static final DemoPlan PLAN = DemoPlan.USUAL;
    private static final Pattern SECOND_PIECE = Pattern.compile("\"quantity\":[2-9]");

    private final List<SeededOrder> orders = SeededOrders.of(1, PLAN.ordersPerSecond(), PLAN.lastOrder());

    @Test
    void oneThingHappensAfterTheOther() {
        assertThat(List.of(
                        PLAN.poison(),
                        PLAN.brokerGone(),
                        PLAN.brokerStarted(),
                        PLAN.badDeployment(),
                        PLAN.patience(),
                        PLAN.lastOrder(),
                        DemoPlan.SECONDS))
                .isSorted();
    }

    @Test
    void theBadDeploymentParksEnoughBeforePatienceEnds() {
        assertThat(orders.stream()
                        .filter(order -> order.at() > PLAN.badDeployment() && order.at() < PLAN.patience() - 1)
                        .filter(order -> SECOND_PIECE.matcher(order.body()).find()))
                .hasSizeGreaterThanOrEqualTo(PLAN.parkedByThen());
    }

    /** A consumer of which half would park with one error stops in the place of parking. */
    @Test
    void andTooFewToStopTheConsumer() {
        assertThat(orders.stream().filter(order -> order.at() < PLAN.badDeployment() - 2))
                .hasSizeGreaterThan(2 * PLAN.parkedByThen());
    }

    @Test
    void theReleaseEndsWhileOrdersComeIfTheDeploymentIsNoticedInTime() {
        double seconds = PLAN.parkedByThen() * 60.0 / PLAN.releasedPerMinute();

        assertThat(PLAN.patience() + seconds).isLessThan(PLAN.lastOrder());
        assertThat(seconds).as("long enough to be seen").isGreaterThan(5);
    }
}
