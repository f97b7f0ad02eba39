package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChartsTest {

    /** Remembers what is drawn. */
    private static final class Drawn implements Canvas {

        private record Shape(List<Place> places, Ink ink) {

            private double right() {
                return places.stream().mapToDouble(Place::x).max().orElseThrow();
            }

            private double left() {
                return places.stream().mapToDouble(Place::x).min().orElseThrow();
            }
        }

        private final List<Shape> areas = new ArrayList<>();
        private final List<Shape> lines = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();

        @Override
        public void area(List<Place> outline, Ink ink) {
            areas.add(new Shape(outline, ink));
        }

        @Override
        public void line(List<Place> places, Ink ink, double width) {
            lines.add(new Shape(places, ink));
        }

        @Override
        public void text(Place at, String text, Ink ink, boolean bold) {
            texts.add(text);
            areas.add(new Shape(List.of(at), ink));
        }
    }

    private final Drawn drawn = new Drawn();

    @Test
    void whatIsDrawnStaysOnThePage() {
        Charts.draw(drawn, DemoDiary.ofEightSeconds(), "title");

        assertThat(drawn.areas).hasSizeGreaterThan(10);
        assertThat(drawn.lines).hasSizeGreaterThan(10);
        assertThat(Stream.concat(drawn.areas.stream(), drawn.lines.stream()).flatMap(shape -> shape.places().stream()))
                .allMatch(place -> place.x() >= 0 && place.x() <= Charts.WIDTH)
                .allMatch(place -> place.y() >= 0 && place.y() <= Charts.HEIGHT);
    }

    /** A quarter of the time, from the second to the fourth second of eight; and what is not over until the end. */
    @Test
    void whatWasDoneIsMarkedInEachPicture() {
        Charts.draw(drawn, DemoDiary.ofEightSeconds(), "title");

        var parked = drawn.lines.stream()
                .filter(line -> line.ink() == Ink.PARKED)
                .findFirst()
                .orElseThrow();
        double second = (parked.right() - parked.left()) / 8;
        var stretches =
                drawn.areas.stream().filter(area -> area.ink() == Ink.STRETCH).toList();
        assertThat(stretches).hasSize(6);
        assertThat(stretches.getFirst().left()).isCloseTo(parked.left() + 2 * second, within());
        assertThat(stretches.getFirst().right()).isCloseTo(parked.left() + 4 * second, within());
        assertThat(stretches.getLast().right()).isCloseTo(parked.right(), within());
        assertThat(drawn.texts)
                .contains("the broker is away", "a bad deployment")
                .doesNotContain("released at a pace");
    }

    private static Offset<Double> within() {
        return Offset.offset(0.01);
    }

    @Test
    void ordersStandOnTopOfEachOther() {
        Charts.draw(drawn, DemoDiary.ofEightSeconds(), "title");

        var heights = List.of(Ink.CONFIRMED, Ink.DECLINED, Ink.OUT_OF_STOCK, Ink.PENDING).stream()
                .map(ink -> drawn.areas.stream()
                        .filter(area -> area.ink() == ink && area.places().size() > 4)
                        .mapToDouble(area -> area.places().stream()
                                .mapToDouble(Canvas.Place::y)
                                .min()
                                .orElseThrow())
                        .min()
                        .orElseThrow())
                .toList();
        assertThat(heights)
                .as("less is higher")
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
    }

    @Test
    void aDemoThatNobodyHasSeenHasNoPicturesAndNoFailure() {
        Charts.draw(drawn, new Diary(), "title");

        assertThat(drawn.texts).containsExactly("title");
    }
}
