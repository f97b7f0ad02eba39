package io.orderflow.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is left of a demo: a page that needs nothing but itself, and its charts as a picture. */
final class DemoReport {

    private final long seed;
    private final Diary diary;
    private final DemoVerdict verdict;

    DemoReport(long seed, Diary diary, DemoVerdict verdict) {
        this.seed = seed;
        this.diary = diary;
        this.verdict = verdict;
    }

    /** In one line. */
    String title() {
        var books = verdict.right() ? "the books are right" : "the books are WRONG";
        return diary.last()
                .map(end -> String.format(
                        Locale.ROOT,
                        "%,d orders in %.0f seconds, seed %d: %s",
                        end.taken().orders(),
                        end.at(),
                        seed,
                        books))
                .orElse(books);
    }

    String page() {
        var charts = new SvgCanvas(Charts.WIDTH, Charts.HEIGHT);
        Charts.draw(charts, diary, title());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>orderflow: %s</title>
                <style>
                body { font-family: system-ui, sans-serif; color: #1f2933; background: #fff; max-width: 1080px;
                       margin: 1.5em auto; padding: 0 1em }
                table { border-collapse: collapse } td { padding: .15em .8em .15em 0; vertical-align: top }
                td:first-child { text-align: right; white-space: nowrap; color: #616e7c }
                pre { background: #f5f7fa; padding: 1em; overflow-x: auto }
                </style>
                </head>
                <body>
                <h1>%s</h1>
                %s
                <h2>What happened</h2>
                <table>
                %s
                </table>
                <h2>At the end</h2>
                <pre>%s</pre>
                <h2>The books</h2>
                <pre>%s</pre>
                </body>
                </html>
                """.formatted(
                title(), title(), charts.element(), notes(), end(), escaped(String.join("\n", verdict.lines())));
    }

    private String notes() {
        return diary.notes().stream()
                .map(note -> String.format(
                        Locale.ROOT, "<tr><td>%.1f s</td><td>%s</td></tr>", note.at(), escaped(note.text())))
                .collect(Collectors.joining("\n"));
    }

    private String end() {
        return diary.last()
                .map(last -> escaped(String.join("\n", DemoTable.figures(last))))
                .orElse("");
    }

    private static String escaped(String text) {
        return SvgCanvas.escaped(text);
    }

    /** Writes {@code index.html} and {@code demo.png}, or says why there is no picture. */
    String writeInto(Path folder) throws IOException {
        Files.createDirectories(folder);
        var page = folder.resolve("index.html");
        Files.writeString(page, page());
        try {
            var picture = new PngCanvas(Charts.WIDTH, Charts.HEIGHT);
            Charts.draw(picture, diary, title());
            picture.write(folder.resolve("demo.png"));
            return "Written: " + page + " and demo.png";
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A Java without fonts, as in small containers, draws no letters; the page needs none of its.
            return "Written: " + page + "; no demo.png, because this Java draws no letters: " + e;
        }
    }
}
