package io.orderflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One odd round moves the range, not the middle. */
class MedianTest {

    @Test
    void theMiddleOfAnOddNumberIsOneOfThem() {
        assertThat(Median.of(List.of(900.0, 1.0, 5.0))).isEqualTo(new Median(5, 1, 900));
    }

    @Test
    void theMiddleOfAnEvenNumberIsBetweenTwo() {
        assertThat(Median.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Median(3, 1, 100));
    }

    @Test
    void nothingHasNoMiddle() {
        assertThatThrownBy(() -> Median.of(List.of())).hasMessageContaining("expected: one at least");
    }
}
