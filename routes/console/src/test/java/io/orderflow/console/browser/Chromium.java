package io.orderflow.console.browser;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The browser that tests open pages in: the machine's own Chromium, for no test downloads one. Where there is none, the
 * test is skipped, and says so.
 */
public final class Chromium {

    private static Chromium shared;

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    /** It looks for nobody but whom a page names. */
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Browser browser;

    private Chromium(Playwright playwright) {
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(QUIET));
    }

    /** One for all tests, as it takes seconds to start; it ends with the process. */
    public static synchronized Chromium shared() {
        if (!Files.isExecutable(PROGRAM)) {
            var because = PROGRAM + ": not here (expected: apt-get install chromium), so no page was opened";
            System.out.println("SKIPPED: " + because);
            abort(because);
        }
        if (shared == null) {
            shared = new Chromium(Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
        }
        return shared;
    }

    /** A visit of the server's page, with nothing of other visits. */
    public Visit visit(String address) {
        return new Visit(browser, address);
    }
}
