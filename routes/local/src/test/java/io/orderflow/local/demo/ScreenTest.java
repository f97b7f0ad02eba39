package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final Diary diary = DemoDiary.ofEightSeconds();

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTerminalsTableIsDrawnOver() {
        var screen = new Screen(out, true, 1);
        screen.show(DemoDiary.at(1), diary);
        long lines = printed().lines().count();
        assertThat(printed()).doesNotContain("\u001b[" + lines + "A");

        screen.show(DemoDiary.at(2), diary);

        assertThat(printed()).containsOnlyOnce("\u001b[" + lines + "A");
        assertThat(printed().lines().skip(lines)).hasSize((int) lines);
    }

    @Test
    void elsewhereALineIsSaidOnceAndNotTooOften() {
        var screen = new Screen(out, false, 1);
        for (int second = 0; second <= 8; second++) {
            screen.show(DemoDiary.at(second), diary);
        }

        assertThat(printed()).doesNotContain("\u001b").containsOnlyOnce("* the broker is back");
        assertThat(printed().lines().filter(line -> line.contains("accepted"))).hasSize(5);
    }
}
