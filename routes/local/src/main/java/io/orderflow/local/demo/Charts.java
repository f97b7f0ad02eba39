package io.orderflow.local.demo;

import io.orderflow.local.demo.Canvas.Place;
import io.orderflow.local.demo.Diary.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The pictures of a demo, one below the other over the same seconds, with what was done behind them. */
final class Charts {

    static final int WIDTH = 1_080;
    static final int HEIGHT = 740;

    private static final int LEFT = 64;
    private static final int RIGHT = 40;
    private static final int TITLE = 34;
    private static final int LEGEND = 24;
    private static final int TICK_SECONDS = 10;
    private static final int STEPS = 4;
    private static final double THICK = 2;

    /** About as wide as a letter. */
    private static final int LETTER = 8;

    /** Over how many seconds a rate is taken. */
    private static final double RATE_SECONDS = 2;

    private final Canvas canvas;
    private final List<Moment> moments;
    private final List<Stretch> acts;
    private final double seconds;

    private Charts(Canvas canvas, Diary diary) {
        this.canvas = canvas;
        this.moments = diary.moments();
        this.acts = diary.acts();
        this.seconds = moments.isEmpty() ? 1 : Math.max(1, moments.getLast().at());
    }

    /** One of the figures of a picture. */
    private record Series(String name, Ink ink, List<Double> values) {}

    static void draw(Canvas canvas, Diary diary, String title) {
        var charts = new Charts(canvas, diary);
        canvas.box(0, 0, WIDTH, HEIGHT, Ink.PAPER);
        canvas.text(new Place(LEFT, 26), title, Ink.TEXT, true);
        if (!charts.moments.isEmpty()) {
            charts.orders(40, 300);
            charts.rates(350, 180);
            charts.parked(540, 190);
            charts.namesOfActs();
        }
    }

    private void orders(double top, double height) {
        stacked(
                new Frame(top, height),
                "Orders, by what became of them",
                List.of(
                        series("confirmed", Ink.CONFIRMED, Moment::confirmed),
                        series("declined", Ink.DECLINED, Moment::declined),
                        series("out of stock", Ink.OUT_OF_STOCK, Moment::outOfStock),
                        series("pending", Ink.PENDING, Moment::pending)));
    }

    private void rates(double top, double height) {
        lines(
                new Frame(top, height),
                "Orders a second",
                List.of(
                        new Series("accepted", Ink.ACCEPTED, rate(moment -> moment.taken()
                                .orders())),
                        new Series("with an end", Ink.CONFIRMED, rate(Moment::ended))));
    }

    private void parked(double top, double height) {
        lines(
                new Frame(top, height),
                "Events that are kept",
                List.of(
                        series("parked", Ink.PARKED, moment -> moment.parked() + moment.poison()),
                        series("unsent, in the outbox", Ink.ACCEPTED, Moment::unsent)));
    }

    private Series series(String name, Ink ink, ToDoubleFunction<Moment> value) {
        return new Series(name, ink, moments.stream().map(value::applyAsDouble).toList());
    }

    private List<Double> rate(ToDoubleFunction<Moment> count) {
        List<Double> rates = new ArrayList<>();
        int from = 0;
        for (var now : moments) {
            while (now.at() - moments.get(from).at() > RATE_SECONDS) {
                from++;
            }
            var then = moments.get(from);
            double passed = now.at() - then.at();
            rates.add(passed > 0 ? (count.applyAsDouble(now) - count.applyAsDouble(then)) / passed : 0);
        }
        return rates;
    }

    /** Where a picture is. */
    private record Frame(double top, double height) {

        private double base() {
            return top + height - LEGEND;
        }

        private double y(double value, double most) {
            return base() - value / most * (base() - top - TITLE);
        }
    }

    private double x(double at) {
        return LEFT + at / seconds * (WIDTH - LEFT - RIGHT);
    }

    private void stacked(Frame frame, String title, List<Series> all) {
        List<Double> below = new ArrayList<>(moments.stream().map(moment -> 0.0).toList());
        List<List<Double>> tops = new ArrayList<>();
        for (var series : all) {
            for (int i = 0; i < below.size(); i++) {
                below.set(i, below.get(i) + series.values().get(i));
            }
            tops.add(List.copyOf(below));
        }
        double most = most(tops);
        background(frame, title, most, all);
        stretches(frame);
        for (int i = all.size() - 1; i >= 0; i--) {
            List<Place> outline = new ArrayList<>(places(frame, tops.get(i), most));
            outline.add(new Place(x(moments.getLast().at()), frame.base()));
            outline.add(new Place(x(moments.getFirst().at()), frame.base()));
            canvas.area(outline, all.get(i).ink());
        }
        edges(frame);
    }

    private void lines(Frame frame, String title, List<Series> all) {
        double most = most(all.stream().map(Series::values).toList());
        background(frame, title, most, all);
        stretches(frame);
        edges(frame);
        all.forEach(series -> canvas.line(places(frame, series.values(), most), series.ink(), THICK));
    }

    private List<Place> places(Frame frame, List<Double> values, double most) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            places.add(new Place(x(moments.get(i).at()), frame.y(values.get(i), most)));
        }
        return places;
    }

    /** A round number that nothing is above. */
    private static double most(List<List<Double>> all) {
        double most = all.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(most, STEPS))));
        for (double round : List.of(0.4, 0.8, 1.2, 2.0, 4.0, 8.0)) {
            if (most <= round * step) {
                return round * step;
            }
        }
        return step * 12;
    }

    private void background(Frame frame, String title, double most, List<Series> all) {
        canvas.text(new Place(LEFT, frame.top() + 20), title, Ink.TEXT, true);
        double x = WIDTH - RIGHT;
        for (var series : all.reversed()) {
            x -= 44 + LETTER * series.name().length();
            canvas.box(x, frame.top() + 10, 12, 12, series.ink());
            canvas.text(new Place(x + 18, frame.top() + 20), series.name(), Ink.TEXT, false);
        }
        for (int i = 0; i <= STEPS; i++) {
            double value = most / STEPS * i;
            double y = frame.y(value, most);
            canvas.line(List.of(new Place(LEFT, y), new Place(WIDTH - RIGHT, y)), Ink.GRID, 1);
            canvas.text(new Place(12, y + 5), String.format(Locale.ROOT, "%,.0f", value), Ink.FAINT, false);
        }
        for (int at = 0; at <= seconds; at += TICK_SECONDS) {
            canvas.text(new Place(x(at) - 8, frame.base() + 18), at + " s", Ink.FAINT, false);
        }
    }

    private void stretches(Frame frame) {
        for (var act : acts) {
            double from = x(act.from());
            double to = x(Math.min(act.to(), seconds));
            canvas.box(from, frame.top() + TITLE, to - from, frame.base() - frame.top() - TITLE, Ink.STRETCH);
        }
    }

    /** Where each begins and ends, above what is drawn. */
    private void edges(Frame frame) {
        for (var act : acts) {
            for (double at : new double[] {act.from(), Math.min(act.to(), seconds)}) {
                var edge = List.of(new Place(x(at), frame.top() + TITLE), new Place(x(at), frame.base()));
                canvas.line(edge, Ink.FAINT, 1);
            }
        }
    }

    /** In the first picture, above what is drawn there by then, and each second one lower, for short ones. */
    private void namesOfActs() {
        for (int i = 0; i < acts.size(); i++) {
            var act = acts.get(i);
            canvas.text(
                    new Place(x(act.from()) + 6, 92 + i % 2 * 18.0), act.act().toString(), Ink.TEXT, true);
        }
    }
}
