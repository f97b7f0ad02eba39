package io.orderflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The set by which lost orders are found knows each id exactly once. */
class SeenIdsTest {

    @Test
    void eachIdIsNewOnce() {
        var seen = new SeenIds();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            ids.add(new UUID(i, i % 7 + 1));
        }

        assertThat(ids.stream().filter(seen::add)).hasSize(20_000);
        assertThat(ids.stream().filter(seen::add)).isEmpty();
        assertThat(ids.stream().filter(seen::contains)).hasSize(20_000);
        assertThat(seen.size()).isEqualTo(20_000);
        assertThat(seen.contains(new UUID(20_001, 0))).isFalse();
    }
}
