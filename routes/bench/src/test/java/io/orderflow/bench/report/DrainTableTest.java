package io.orderflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.bench.drain.DrainedQueue;
import io.orderflow.bench.round.Figures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read off the table is what was measured. */
class DrainTableTest {

    @Test
    void mediansOfWarmRoundsAndOurRatio() {
        var text = DrainTable.text(List.of(
                drained("floor", 1, 9_000, 0.1, 0.01),
                drained("floor", 2, 10_000, 0.1, 0.01),
                drained("floor", 3, 12_000, 0.1, 0.01),
                drained("orderflow", 1, 4_000, 0.5, 0.02),
                drained("orderflow", 2, 5_000, 0.4, 0.02),
                drained("orderflow", 3, 1_000, 3.0, 0.40)));

        assertThat(text).contains("10,000 (9,000–12,000)").contains("4,500 (4,000–5,000)");
        assertThat(text).endsWith("ratio to floor: 0.450 of its events a second, 4.5 times its processor time\n");
    }

    private static Figures drained(String who, int round, double speed, double cost, double compiling) {
        return new Figures(
                who,
                DrainedQueue.LOAD,
                round,
                Map.of(DrainedQueue.EVENTS, speed, DrainedQueue.PROCESSOR, cost, Figures.COMPILING, compiling));
    }
}
