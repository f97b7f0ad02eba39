package io.orderflow.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the order of events rests on, in very many interleavings. */
class LanesTest {

    private static final int RUNS = System.getProperty("campaign") == null ? 12_000 : 2_000_000;

    @Test
    void firstAppearancesAreInOrderAndEveryRowReachesTheBrokerHoweverTwoInstancesInterleave() {
        for (long seed = 0; seed < RUNS; seed++) {
            assertThat(RelayModel.run(seed)).as("seed %d", seed).isNull();
        }
    }
}
