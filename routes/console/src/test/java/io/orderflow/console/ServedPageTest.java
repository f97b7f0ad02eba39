package io.orderflow.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.orderflow.console.browser.Visit.having;
import static io.orderflow.console.browser.Visit.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.AriaRole;
import io.orderflow.console.ConsoleApp.Place;
import io.orderflow.console.browser.Chromium;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Console serves its page under its own policy, and the page shows what this console says; no other role is here. */
class ServedPageTest {

    @Test
    void whatConsoleKnowsIsShown() {
        var chromium = Chromium.shared();
        var place = Place.fresh();
        var order = UUID.randomUUID();
        place.write(Sagas.refunded(order));
        try (var console = new ConsoleApp(place);
                var visit = chromium.visit(console.ops("/ops/console").toString())) {
            await().until(() -> console.count("console.chapter where order_id = ?", order) == 6);

            var page = visit.open("overview");
            assertThat(page.getByRole(AriaRole.LISTITEM).filter(having("Stuck orders")))
                    .containsText("0 orders well");
            assertThat(page.getByRole(AriaRole.ROW).filter(having("payments"))).containsText("Look at the pods");
            page.keyboard().press("/");
            page.keyboard().type(order.toString());
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, named("Order " + order)))
                    .isVisible();
            assertThat(page.getByRole(AriaRole.ROW).filter(having("PaymentRefunded")))
                    .containsText("takes back PaymentCompleted");
            assertThat(page.getByRole(AriaRole.ALERT).filter(having("payments does not say")))
                    .isVisible();

            visit.open("stuck");
            assertThat(page.getByText("Nobody is stuck.")).isVisible();
            visit.open("flow");
            assertThat(page.getByRole(AriaRole.ROW).filter(having("console")).filter(having("payment_events")))
                    .containsText("yes");
            visit.open("parked?role=console");
            assertThat(page.getByText("Nothing of console is like this.")).isVisible();
            assertThat(visit.complaints()).isEmpty();
        }
    }
}
