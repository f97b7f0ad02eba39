package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoReportTest {

    private static final DemoVerdict RIGHT = new DemoVerdict(true, List.of("OK     1 < 2: 3", "The books are right."));

    @TempDir
    private Path folder;

    private static DemoReport report(DemoVerdict verdict) {
        return new DemoReport(7, DemoDiary.ofEightSeconds(), verdict);
    }

    @Test
    void saysWhatBecameOfTheBooks() {
        assertThat(report(RIGHT).title()).isEqualTo("240 orders in 8 seconds, seed 7: the books are right");
        assertThat(report(new DemoVerdict(false, List.of())).title()).endsWith("the books are WRONG");
    }

    @Test
    void needsNothingButItself() {
        var page = report(RIGHT).page();

        assertThat(page).contains("<svg ", "OK     1 &lt; 2: 3", "the broker is &lt;gone&gt;", "2.0 s");
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "src=", "href=", "@import", "url(", "<script");
        assertThat(page).doesNotContain("<gone>");
    }

    @Test
    void isAPageAndAPicture() throws Exception {
        var said = report(RIGHT).writeInto(folder.resolve("new"));

        var page = folder.resolve("new").resolve("index.html");
        assertThat(said).startsWith("Written: " + page);
        assertThat(Files.readString(page)).isEqualTo(report(RIGHT).page());
        if (said.endsWith("demo.png")) {
            var picture = ImageIO.read(folder.resolve("new").resolve("demo.png").toFile());
            assertThat(picture.getWidth()).isEqualTo(Charts.WIDTH);
            assertThat(picture.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
        }
    }
}
