package io.orderflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.bench.round.Figures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What grew is marked: a speed that fell, a time that rose, each beyond what is allowed. */
class GrowthTableTest {

    @Test
    void whatGrewIsMarked() {
        var empty = new Figures("orderflow", "empty", 1, Map.of("told/s", 100.0, "p99 ms", 10.0));
        var full = new Figures("orderflow", "1,000 orders", 1, Map.of("told/s", 50.0, "p99 ms", 11.0));
        var waiting = new Figures("orderflow", "waiting", 1, Map.of("told/s", 90.0, "p99 ms", 13.0));

        assertThat(GrowthTable.text(List.of(empty, full, waiting)))
                .contains("| | empty | 1,000 orders | waiting |")
                .contains("| told/s | 100 | ×0.500 **!** | ×0.900 |")
                .contains("| p99 ms | 10.0 | ×1.10 | ×1.30 **!** |");
    }
}
