package io.orderflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.bench.round.Figures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which rounds count, and what they give together. */
class MediansTest {

    private static Figures round(String contestant, int number, double told, double compiling) {
        return new Figures(
                contestant,
                "256 connections",
                number,
                Map.of(
                        Figures.TOLD,
                        told,
                        Figures.CONFIRMED,
                        told * 2,
                        Figures.PROCESSOR,
                        1.0,
                        "accepted/s",
                        told,
                        Figures.OTHERS,
                        0.0,
                        Figures.COMPILING,
                        compiling));
    }

    @Test
    void aRoundThatWasNotWarmDoesNotCount() {
        var all = List.of(
                round("orderflow", 1, 10, 0.2), round("orderflow", 2, 100, 0.01), round("orderflow", 3, 300, 0.029));

        var medians = Medians.of(all, "orderflow", "256 connections").orElseThrow();

        assertThat(medians.warm()).isTrue();
        assertThat(medians.rounds()).isEqualTo(2);
        assertThat(medians.values().get(Figures.TOLD)).isEqualTo(new Median(200, 100, 300));
    }

    @Test
    void whereNoneWasWarmAllCountAndItIsSaid() {
        var all = List.of(round("orderflow", 1, 10, 0.2), round("orderflow", 2, 100, 0.03));

        assertThat(Medians.of(all, "orderflow", "256 connections"))
                .hasValueSatisfying(medians -> assertThat(medians.warm()).isFalse())
                .hasValueSatisfying(medians -> assertThat(medians.rounds()).isEqualTo(2));
        assertThat(Ratios.text(all, "256 connections")).contains("NOT WARM");
    }

    @Test
    void oursIsTheRatioOfTheMiddles() {
        var all = List.of(
                round("floor", 1, 400, 0),
                round("orderflow", 1, 80, 0),
                round("floor", 2, 500, 0),
                round("orderflow", 2, 100, 0),
                round("floor", 3, 9_000, 0),
                round("orderflow", 3, 125, 0));

        assertThat(Ratios.text(all, "256 connections"))
                .contains("ratio to floor: 0.200 of its orders confirmed a second, 0.200 told, 1.0 times");
    }
}
