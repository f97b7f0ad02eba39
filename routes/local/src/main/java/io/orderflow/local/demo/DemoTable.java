package io.orderflow.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How everything stands, as text: a table for a screen, a line for a log. */
final class DemoTable {

    private static final int NOTES = 6;
    private static final int COLUMNS = 79;
    private static final String RULE = "-".repeat(COLUMNS);

    private DemoTable() {}

    /** As many lines whatever is in it, so that it can be drawn over. */
    static List<String> lines(long seed, Moment now, List<Diary.Note> notes) {
        List<String> lines = new ArrayList<>();
        lines.add(RULE);
        lines.add(format("orderflow, seed %-20d%43s", seed, format("%.1f s of %.0f", now.at(), DemoPlan.SECONDS)));
        lines.add(RULE);
        lines.addAll(figures(now));
        lines.add(RULE);
        var shown = notes.subList(Math.max(0, notes.size() - NOTES), notes.size());
        shown.stream()
                .map(DemoTable::line)
                .map(line -> line.substring(0, Math.min(COLUMNS, line.length())))
                .forEach(lines::add);
        for (int i = shown.size(); i < NOTES; i++) {
            lines.add("");
        }
        return lines;
    }

    /** The figures alone, with their names. */
    static List<String> figures(Moment now) {
        List<String> lines = new ArrayList<>();
        lines.add(row("orders", "accepted", "pending", "confirmed", "declined", "out of stock"));
        lines.add(row("", now.taken().orders(), now.pending(), now.confirmed(), now.declined(), now.outOfStock()));
        lines.add(row("events", "unsent", "parked", "poison", "mails", ""));
        lines.add(row("", now.unsent(), now.parked(), now.poison(), now.mails(), ""));
        lines.add(row("answers", "median", "99 of 100", "sent twice", "one order", ""));
        var taken = now.taken();
        lines.add(row(
                "",
                taken.median() + " ms",
                taken.slowest() + " ms",
                taken.repeated() + taken.different(),
                taken.repeated(),
                ""));
        return lines;
    }

    private static String row(String name, Object... cells) {
        var row = new StringBuilder(format("%-9s", name));
        for (var cell : cells) {
            row.append(format("%14s", cell));
        }
        return row.toString();
    }

    /** In one line. */
    static String line(Moment now) {
        return format(
                "%5.1f s  accepted %d, pending %d, confirmed %d, declined %d, out of stock %d; unsent %d, parked %d",
                now.at(),
                now.taken().orders(),
                now.pending(),
                now.confirmed(),
                now.declined(),
                now.outOfStock(),
                now.unsent(),
                now.parked() + now.poison());
    }

    static String line(Diary.Note note) {
        return format("%5.1f s  * %s", note.at(), note.text());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
