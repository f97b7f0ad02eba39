package io.orderflow.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderflow.console.browser.Visit.having;
import static io.orderflow.console.browser.Visit.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as somebody sees it who opens it in Chromium: what is shown, what is called, and what is not. */
class ConsolePageTest {

    private static final String ORDER = "01a209e9-809a-7c02-b388-35bf662a8221";
    private static final String TOLD = "01a209e9-809a-7c02-b388-35bf662a8223";
    private static final String EVENT = "01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21";
    private static final String RELEASE = "01a209ea-1f00-7a10-8c11-2b7e5a4d9f01";
    private static final int FIRST_VIEW_BYTES = 200_000;

    private PageServer server;
    private Visit visit;
    private Page page;

    @BeforeEach
    void visit() throws IOException {
        server = new PageServer();
        server.tell(overview(1));
        server.put("GET /console/stuck", 200, PageServer.text("stuck.json"));
        server.put("GET /console/flow", 200, PageServer.text("flow.json"));
        server.put("GET /console/orders/" + TOLD, 200, PageServer.text("order.json"));
        visit = Chromium.shared().visit(server.address());
        page = visit.page();
    }

    @AfterEach
    void leave() {
        visit.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "overview, Overview, Orders a second",
        "orders, Orders, payments: PaymentCompleted or PaymentDeclined",
        "orders/" + TOLD + ", Order " + TOLD + ", takes back PaymentCompleted",
        "stuck, Stuck, payments: away",
        "parked, Parked, PSQLException: ERROR: order <n> is broken",
        "parked/orders/" + EVENT + ", Parked event of orders, org.postgresql.util.PSQLException",
        "releases, Releases, release: reason=FAILED",
        "releases/new?role=orders&group=0b0e2c0f6f2d6c1a, Release or discard what is parked at orders, group 0b0e",
        "releases/orders/" + RELEASE + ", Release at orders, 112 of 353 tried",
        "audit?role=payments, Audit, The order was settled by hand",
        "flow, Flow, Look at the log of payments: why does it hear nothing of order_events?",
        "lag, Lag, If it grows: more instances of inventory",
    })
    void eachPlaceHasAnAddressAndIsForEverybody(String place, String title, String shown) {
        visit.open(place);

        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            visit.prefer(scheme);
            assertThat(page.getByRole(AriaRole.HEADING, named(title))).isFocused();
            assertThat(page.locator("main")).containsText(shown);
            assertThat(visit.wrong()).as(place + " " + scheme).isEmpty();
        }
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing to scroll to at the side")
                .isEqualTo(true);
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    void theFirstViewIsSmallAndOfNobodyElse() {
        List<Response> answers = new ArrayList<>();
        page.onResponse(answers::add);
        visit.open("overview");

        assertThat(page.getByRole(AriaRole.LISTITEM).filter(having("Parked events")))
                .containsText("353 events act");
        assertThat(answers)
                .extracting(one -> URI.create(one.url()).getAuthority())
                .containsOnly(URI.create(server.address()).getAuthority());
        var sizes =
                answers.stream().filter(one -> !one.url().endsWith("/stream")).mapToInt(one -> one.body().length);
        assertThat(sizes.sum()).isBetween(FIRST_VIEW_BYTES / 2, FIRST_VIEW_BYTES);
    }

    @Test
    void whatIsRedNamesTheNextStep() {
        visit.open("overview");

        var parked = page.getByRole(AriaRole.LISTITEM).filter(having("Parked events"));
        assertThat(parked).containsText("orders: 353");
        assertThat(page.getByRole(AriaRole.ROW).filter(having("payments"))).containsText("Look at the pods");
        parked.getByRole(AriaRole.LINK).click();
        assertThat(page.getByRole(AriaRole.HEADING, named("Parked"))).isVisible();

        page.getByRole(AriaRole.NAVIGATION, named("Pages"))
                .getByRole(AriaRole.LINK)
                .filter(having("Stuck"))
                .click();
        var row = page.getByRole(AriaRole.ROW).filter(having("has parked"));
        row.getByRole(AriaRole.LINK).filter(having("Look at what is parked")).click();
        assertThat(page.getByRole(AriaRole.HEADING, named("Parked event of orders")))
                .isVisible();
    }

    @Test
    void figuresComeAsTheyChange() throws IOException {
        visit.open("overview");
        var stuck = page.getByRole(AriaRole.LISTITEM).filter(having("Stuck orders"));
        assertThat(stuck).containsText("2 orders");

        server.tell(overview(2).replace("\"value\": 2,", "\"value\": 7,"));
        assertThat(stuck).containsText("7 orders");

        server.tell("");
        assertThat(stuck).containsText("7 orders");
        server.tell(overview(3).replace("\"value\": 2,", "\"value\": 9,"));
        assertThat(stuck).containsText("9 orders");
        assertThat(server.asked("GET", "/console/stream"))
                .extracting(PageServer.Asked::lastId)
                .containsExactly(null, "2");
    }

    @Test
    void aStoryFitsOnOneScreen() {
        visit.open("orders/" + TOLD);

        var story = page.getByRole(AriaRole.REGION).filter(having("What was said"));
        assertThat(story.getByRole(AriaRole.ROW)).hasCount(1 + 7);
        var refunded = story.getByRole(AriaRole.ROW).filter(having("PaymentRefunded"));
        assertThat(refunded).containsText("434 ms");
        assertThat(refunded).containsText("€25.80 takes back PaymentCompleted");
        assertThat(story.getByRole(AriaRole.ROW).filter(having("OrderCancelled")))
                .containsText("by operator");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("payments does not say");
        assertThat(page.getByRole(AriaRole.ROW).filter(having("2026-11-24 06:25:03Z")))
                .isInViewport();
        var next = page.getByText("Look and release");
        next.click();
        assertThat(page.getByRole(AriaRole.HEADING, named("Parked event of orders")))
                .isVisible();
    }

    @Test
    void aSlashSearches() {
        visit.open("lag");
        assertThat(page.getByRole(AriaRole.HEADING, named("Lag"))).isFocused();

        page.keyboard().press("/");
        page.keyboard().type("nonsense");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.SEARCH)).containsText("Neither an id");

        server.put("GET /orders", 200, page(TOLD));
        page.getByRole(AriaRole.SEARCHBOX).fill(TOLD);
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING, named("Order " + TOLD))).isVisible();
        assertThat(page).hasURL(server.address() + "#/orders/" + TOLD);
    }

    @Test
    void filtersAreAnAddress() {
        visit.open("orders?state=PENDING");
        page.getByLabel("Waiting since").fill("10m");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(server.address() + "#/orders?state=PENDING&stuck=10m");
        assertThat(page.getByText("payments: PaymentCompleted or PaymentDeclined"))
                .isVisible();
        assertThat(server.asked("GET", "/orders"))
                .extracting(PageServer.Asked::query)
                .containsExactly("state=PENDING", "state=PENDING&stuck=10m");
    }

    @Test
    void aListGoesOnWhereItsPageEnds() {
        server.put("GET /orders", 200, page(ORDER).replace("null}", "\"p7\"}"));
        visit.open("orders?state=PENDING");
        page.getByRole(AriaRole.LINK, named("Next page")).click();

        assertThat(page).hasURL(server.address() + "#/orders?state=PENDING&after=p7");
        page.getByRole(AriaRole.LINK, named("First page")).click();
        assertThat(page).hasURL(server.address() + "#/orders?state=PENDING");
        assertThat(server.asked("GET", "/orders"))
                .extracting(PageServer.Asked::query)
                .contains("state=PENDING&after=p7");
    }

    /** Roles of one process answer for each other. */
    @Test
    void ofAnAnswerEachRoleHasItsOwn() {
        visit.open("parked?role=payments");

        assertThat(page.getByText("Nothing of payments is like this.")).isVisible();
        page.getByLabel("Service").selectOption("orders");
        page.getByRole(AriaRole.BUTTON, named("Show")).click();
        assertThat(page.getByRole(AriaRole.REGION)
                        .filter(having("the longest parked first"))
                        .getByText(ORDER))
                .isVisible();
        assertThat(page.getByRole(AriaRole.REGION, named("Groups")).getByRole(AriaRole.ROW))
                .hasCount(2);
    }

    private static String page(String order) {
        return "{\"items\": [{\"order_id\": \"%s\", \"state\": \"PENDING\", \"waits_for\": []}], \"next\": null}"
                .formatted(order);
    }

    private static String overview(int id) throws IOException {
        return "id: %d\ndata: %s\n\n"
                .formatted(id, PageServer.text("overview.json").replace("\n", ""));
    }
}
