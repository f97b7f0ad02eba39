package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.inbound.ParkGuard.Bad;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParkGuardTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final ParkGuard guard = guard(0.5);

    private ParkGuard guard(double share) {
        return new ParkGuard(new Handling.Excess(WINDOW, 20, share, Duration.ofMinutes(1)), now::get);
    }

    private static List<Bad> bad(int keys) {
        return IntStream.range(0, keys)
                .mapToObj(key -> new Bad("broken", "key " + key))
                .toList();
    }

    private boolean mayPark(String error, String key) {
        return guard.mayPark(new Bad(error, key), List.of(), 1);
    }

    @Test
    void letsAHundredAndTwentyAmongTenThousandPark() {
        guard.came(9_880, List.of());
        for (var one : bad(120)) {
            assertThat(guard.mayPark(one, List.of(), 1)).isTrue();
            guard.came(1, List.of(one));
        }
    }

    @Test
    void letsThreeAmongFewPark() {
        for (var one : bad(3)) {
            assertThat(guard.mayPark(one, List.of(), 1)).isTrue();
            guard.came(1, List.of(one));
        }
    }

    @Test
    void stopsAtHalfOfTwenty() {
        guard.came(18, bad(9));
        assertThat(mayPark("broken", "one more")).as("a tenth of nineteen").isTrue();
        assertThat(guard.mayPark(new Bad("broken", "one more"), List.of(), 2))
                .as("a tenth of twenty")
                .isFalse();
        assertThat(guard.mayPark(new Bad("broken", "one more"), List.of(), 3)).isTrue();
        assertThat(guard.mayPark(new Bad("other", "one more"), List.of(), 2)).isTrue();
    }

    @Test
    void countsWhatTheTransactionWouldParkBesides() {
        assertThat(guard.mayPark(new Bad("broken", "one more"), bad(8), 20)).isTrue();
        assertThat(guard.mayPark(new Bad("broken", "one more"), bad(9), 20)).isFalse();
    }

    @Test
    void countsAKeyOnce() {
        IntStream.range(0, 1_000).forEach(again -> guard.came(1, bad(1)));
        assertThat(mayPark("broken", "key 0")).isTrue();
    }

    @Test
    void forgetsWhatIsPastTheWindow() {
        guard.came(20, bad(10));
        assertThat(mayPark("broken", "one more")).isFalse();

        now.addAndGet(WINDOW.toNanos());
        assertThat(mayPark("broken", "one more")).isFalse();
        now.incrementAndGet();
        assertThat(mayPark("broken", "one more")).isTrue();
    }

    @Test
    void remembersNoMoreWhileNothingGoesWrong() {
        for (int second = 0; second < 3_600; second++) {
            guard.came(1, List.of());
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(guard.remembered()).isLessThanOrEqualTo(31);
    }

    @Test
    void letsAllParkWhereAnOperatorWantsIt() {
        var open = guard(1);
        open.came(100, bad(100));

        assertThat(open.mayPark(new Bad("broken", "one more"), List.of(), 1)).isTrue();
    }
}
