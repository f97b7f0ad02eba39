package io.orderflow.local.demo;

import java.io.PrintStream;

/** Where a demo shows how far it is: a terminal, whose table is drawn over, or anything else, which gets lines. */
final class Screen {

    private static final String UP = "\u001b[%dA";
    private static final String CLEAR = "\u001b[2K";
    private static final double EVERY = 2;

    private final PrintStream out;
    private final boolean redraws;
    private final long seed;
    private int drawn;
    private int told;
    private double next;

    /** @param redraws whether it is a terminal */
    Screen(PrintStream out, boolean redraws, long seed) {
        this.out = out;
        this.redraws = redraws;
        this.seed = seed;
    }

    synchronized void show(Moment now, Diary diary) {
        if (redraws) {
            redraw(now, diary);
        } else {
            tell(now, diary);
        }
        out.flush();
    }

    private void redraw(Moment now, Diary diary) {
        var text = new StringBuilder(drawn == 0 ? "" : UP.formatted(drawn));
        var lines = DemoTable.lines(seed, now, diary.notes());
        lines.forEach(line -> text.append(CLEAR).append(line).append('\n'));
        drawn = lines.size();
        out.print(text);
    }

    private void tell(Moment now, Diary diary) {
        var notes = diary.notes();
        notes.subList(told, notes.size()).forEach(note -> out.println(DemoTable.line(note)));
        told = notes.size();
        if (now.at() >= next) {
            out.println(DemoTable.line(now));
            next = now.at() + EVERY;
        }
    }
}
