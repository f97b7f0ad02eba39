package io.orderflow.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Somebody opens console's page in a window of 1280 pixels, and keeps what the browser complains of. */
public final class Visit implements AutoCloseable {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String AXE = axe();

    /** Of a call that was refused the browser says so by itself. */
    private static final String REFUSED = "Failed to load resource: the server responded with a status of 4";

    private final BrowserContext context;
    private final Page page;
    private final String address;
    private final List<String> complaints = new ArrayList<>();

    Visit(Browser browser, String address) {
        this.address = address;
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT).setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.addInitScript(AXE);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith(REFUSED)) {
                complaints.add(message.text());
            }
        });
    }

    /** Axe, which knows how pages are made that everybody can use. */
    private static String axe() {
        try {
            var files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/resources/webjars/axe-core/*/axe.min.js");
            assertThat(files).hasSize(1);
            return files[0].getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a place of the page by its address. */
    public Page open(String place) {
        page.navigate(address + "#/" + place);
        return page;
    }

    Page page() {
        return page;
    }

    void prefer(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** Presses a button that asks why, says it, and presses the button of the dialog. */
    void press(String button, String reason) {
        page.getByRole(AriaRole.BUTTON, named(button + "…")).click();
        var dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Reason").fill(reason);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .click();
    }

    public static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    public static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    /** What axe finds wrong with what is shown: each rule, and where. */
    public List<String> wrong() {
        var found = page.evaluate("""
                async () => JSON.stringify((await axe.run()).violations
                    .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).join(', ')))""");
        try {
            return List.of(new ObjectMapper().readValue((String) found, String[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser complained of: scripts that failed, and what its policy forbade. */
    public List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        context.close();
    }
}
