package io.orderflow.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderflow.console.browser.Visit.having;
import static io.orderflow.console.browser.Visit.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.orderflow.console.browser.PageServer.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator may do by the page: with a token, for a reason, and knowing before what it comes to. */
class PageChangesTest {

    private static final String ORDER = "01a209e9-809a-7c02-b388-35bf662a8223";
    private static final String EVENT = "01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21";
    private static final String RELEASE = "01a209ea-1f00-7a10-8c11-2b7e5a4d9f01";
    private static final String RELEASES = "/console/roles/orders/releases";

    private PageServer server;
    private Visit visit;
    private Page page;

    @BeforeEach
    void visit() throws IOException {
        server = new PageServer();
        server.put("GET /console/orders/" + ORDER, 200, PageServer.text("order.json"));
        visit = Chromium.shared().visit(server.address());
        page = visit.page();
    }

    @AfterEach
    void leave() {
        visit.close();
        server.close();
    }

    @Test
    void aTokenIsAskedForAndKeptInMemoryAlone() {
        server.ask("secret-of-ada");
        visit.open("audit?role=payments");
        var dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("no good token");
        dialog.getByLabel("Token").fill("wrong");
        page.keyboard().press("Enter");
        assertThat(dialog.getByLabel("Token")).hasValue("");

        dialog.getByLabel("Token").fill(" secret-of-ada ");
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.CELL, named("eve operator.release"))).isVisible();
        assertThat(dialog).not().isVisible();
        assertThat(page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])"))
                .asString()
                .doesNotContain("secret");
        page.reload();
        assertThat(dialog).isVisible();
    }

    @Test
    void whoIsNotLoggedInIsToldSoAndNotAskedAgain() {
        page.clock().install();
        server.ask("secret-of-ada");
        visit.open("audit?role=payments");
        page.getByRole(AriaRole.DIALOG).getByLabel("Token").press("Escape");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Log in with a token that has operator.read.");
        page.clock().fastForward(60_000);

        page.getByRole(AriaRole.BUTTON, named("Log in")).click();
        page.getByRole(AriaRole.DIALOG).getByLabel("Token").fill("secret-of-ada");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.CELL, named("eve operator.release"))).isVisible();
        page.waitForCondition(() -> streams().size() > 1);
        assertThat(streams()).containsExactly(null, "Bearer secret-of-ada");
    }

    private List<String> streams() {
        return server.asked("GET", "/console/stream").stream().map(Asked::token).toList();
    }

    @Test
    void manyAreReleasedAsTheirDryRunSaid() {
        visit.open("parked");
        page.getByRole(AriaRole.REGION, named("Groups"))
                .getByText("Release or discard")
                .click();
        page.getByLabel("First").fill("100");
        page.getByLabel("A minute").fill("60");
        page.getByLabel("Reason").fill("The table was repaired");
        page.getByRole(AriaRole.BUTTON, named("Dry run")).click();
        assertThat(page.locator("main")).containsText("Nothing is done yet.");
        var how = "group=0b0e2c0f6f2d6c1a&action=RELEASE&first=100&per_minute=60";
        assertThat(queries(RELEASES)).containsExactly(how + "&dry_run=true&service=orders");

        page.getByRole(AriaRole.BUTTON, named("Release 353")).click();

        assertThat(page.getByRole(AriaRole.HEADING, named("Release at orders"))).isVisible();
        assertThat(page).hasURL(server.address() + "#/releases/orders/" + RELEASE);
        assertThat(queries(RELEASES))
                .last()
                .isEqualTo(how + "&count=353&before=2026-11-24T06:19:31.077120Z&service=orders");
        assertThat(server.asked("POST", RELEASES))
                .extracting(Asked::body)
                .containsOnly("{\"reason\":\"The table was repaired\"}");
    }

    @Test
    void whatIsTypedAfterADryRunNeedsAnother() {
        visit.open("releases/new?role=orders");
        page.getByLabel("Reason").fill("The table was repaired");
        page.getByRole(AriaRole.BUTTON, named("Dry run")).click();
        var start = page.getByRole(AriaRole.BUTTON, named("Release 353"));
        assertThat(start).isVisible();

        page.getByLabel("First").fill("7");

        assertThat(start).not().isVisible();
        assertThat(server.asked("POST", RELEASES)).hasSize(1);
    }

    @Test
    void aReleaseIsSentOnceThoughItsButtonIsPressedTwice() {
        visit.open("releases/new?role=orders");
        page.getByLabel("Reason").fill("The table was repaired");
        page.getByRole(AriaRole.BUTTON, named("Dry run")).click();

        page.getByRole(AriaRole.BUTTON, named("Release 353")).dblclick();

        assertThat(page.getByRole(AriaRole.HEADING, named("Release at orders"))).isVisible();
        assertThat(queries(RELEASES)).hasSize(2);
    }

    @Test
    void aReleaseIsWatchedPausedResumedAndStopped() {
        visit.open("releases/orders/" + RELEASE);
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "112");
        progress("RUNNING", 53);
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "300");

        visit.press("Pause", "The provider is slow");
        progress("PAUSED", 53);
        visit.press("Resume", "The provider is quick again");
        progress("RUNNING", 13);
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "340");
        visit.press("Stop", "They fail for another reason");
        progress("STOPPED", 13);

        assertThat(page.getByRole(AriaRole.BUTTON, named("Stop…"))).not().isVisible();
        for (var step : List.of("pause", "resume", "stop")) {
            assertThat(server.asked("POST", RELEASES + "/" + RELEASE + "/" + step))
                    .hasSize(1);
        }
    }

    private void progress(String state, int left) {
        var example = server.example("/ops/releases/{id}").replace("RUNNING", state);
        server.put("GET /releases/" + RELEASE, 200, example.replace("\"left\":241", "\"left\":" + left));
    }

    @Test
    void nothingIsDiscardedWithoutAReason() {
        visit.open("parked/orders/" + EVENT);
        var discard = "/console/roles/orders/parked/" + EVENT + "/discard";
        var button = page.getByRole(AriaRole.BUTTON, named("Discard…"));
        button.click();
        var dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("nobody can bring it back");
        assertThat(visit.wrong()).isEmpty();
        page.keyboard().press("Enter");
        assertThat(dialog).isVisible();
        page.keyboard().press("Escape");
        assertThat(dialog).not().isVisible();
        assertThat(button).isFocused();

        visit.press("Discard", "Settled by hand");

        assertThat(page.getByRole(AriaRole.STATUS).filter(having("Discard: done.")))
                .isVisible();
        assertThat(server.asked("POST", discard))
                .extracting(Asked::body)
                .containsExactly("{\"reason\":\"Settled by hand\"}");
    }

    @Test
    void whoMayNotIsToldWhichRightItTakes() {
        server.put("POST /orders/" + ORDER + "/erasure", 403, "{\"title\": \"The caller may not do this\"}");
        visit.open("orders/" + ORDER);

        visit.press("Erase customer", "Asked in writing");

        assertThat(page.getByRole(AriaRole.ALERT).filter(having("may not")))
                .containsText("needs the right operator.erase");
    }

    @Test
    void whatStrangersWriteIsText() {
        var markup = "<img src=x onerror=alert(1)>";
        server.put(
                "GET /parked/" + EVENT, 200, server.example("/ops/parked/{id}").replace("ERROR: order 7", markup));
        visit.open("parked/orders/" + EVENT);

        assertThat(page.locator("main")).containsText("PSQLException: " + markup + " is broken");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void noScriptRunsButThePagesOwn() {
        visit.open("lag");
        assertThat(page.getByRole(AriaRole.HEADING, named("Lag"))).isVisible();

        page.evaluate("""
                () => {
                    const script = document.createElement('script');
                    script.textContent = 'window.planted = 1';
                    document.body.append(script);
                }""");

        assertThat(page.evaluate("window.planted")).isNull();
        assertThat(visit.complaints()).anyMatch(one -> one.contains("Content Security Policy"));
    }

    @Test
    void theRecordOfCallsIsTakenAlong() throws IOException {
        server.put("GET /audit.csv", 200, "id,at\r\n");
        visit.open("audit?caller=eve");

        var file = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, named("As CSV")).click());

        assertThat(file.suggestedFilename()).isEqualTo("audit-orders.csv");
        assertThat(Files.readString(file.path())).isEqualTo("id,at\r\n");
        assertThat(queries("GET", "/console/roles/orders/audit.csv")).containsExactly("caller=eve");
    }

    private List<String> queries(String path) {
        return queries("POST", path);
    }

    private List<String> queries(String method, String path) {
        return server.asked(method, path).stream().map(Asked::query).toList();
    }
}
