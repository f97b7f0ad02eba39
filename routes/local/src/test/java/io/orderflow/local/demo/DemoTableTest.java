package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoTableTest {

    private static List<Diary.Note> notes(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new Diary.Note(i, "note " + i))
                .toList();
    }

    @Test
    void hasAsManyLinesWhateverIsInIt() {
        var first = DemoTable.lines(1, DemoDiary.at(0), notes(0));

        assertThat(DemoTable.lines(1, DemoDiary.at(8), notes(9))).hasSameSizeAs(first);
        var longest = DemoTable.lines(1, DemoDiary.at(8), List.of(new Diary.Note(8, "long ".repeat(99))));
        assertThat(longest).hasSameSizeAs(first).allMatch(line -> line.length() <= 79);
    }

    @Test
    void hasAFigureBelowItsName() {
        var lines = DemoTable.figures(DemoDiary.at(8));

        standBelow(lines, 0, "accepted", 240, "pending", 80, "confirmed", 128, "declined", 24, "out of stock", 8);
        standBelow(lines, 2, "unsent", 560, "parked", 40, "poison", 9, "mails", 136);
        standBelow(lines, 4, "median", "4 ms", "99 of 100", "31 ms", "sent twice", 8, "one order", 8);
    }

    /** Each figure ends where the name before it ends, a line above. */
    private static void standBelow(List<String> lines, int row, Object... namesAndFigures) {
        for (int i = 0; i < namesAndFigures.length; i += 2) {
            var name = namesAndFigures[i].toString();
            int end = lines.get(row).indexOf(name) + name.length();
            assertThat(lines.get(row + 1).substring(0, end)).as(name).endsWith(" " + namesAndFigures[i + 1]);
        }
    }

    @Test
    void showsTheLastNotes() {
        assertThat(DemoTable.lines(1, DemoDiary.at(8), notes(9)))
                .contains("  8.0 s  * note 8", "  3.0 s  * note 3")
                .doesNotContain("  2.0 s  * note 2");
    }

    @Test
    void isALineInALog() {
        assertThat(DemoTable.line(DemoDiary.at(8)))
                .isEqualTo("  8.0 s  accepted 240, pending 80, confirmed 128, declined 24, out of stock 8;"
                        + " unsent 560, parked 49");
    }
}
