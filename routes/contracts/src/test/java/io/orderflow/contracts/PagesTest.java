package io.orderflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages say what the declaration says. */
class PagesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @Test
    void whatIsCommittedIsWhatTheDeclarationGives() throws IOException {
        Map<Path, String> committed = new HashMap<>();
        for (var page : new Path[] {Pages.EVENTS, AsyncApi.FILE, Pages.README}) {
            committed.put(page, Files.readString(ROOT.resolve(page)));
        }

        assertThat(committed)
                .as("mend it with: make render")
                .containsExactlyInAnyOrderEntriesOf(new Pages(Topology.ORDERFLOW, ROOT).all());
    }

    @Test
    void aNewReaderIsInAll() {
        var loyalty = new Role("loyalty");
        var more = Topology.ORDERFLOW.with(
                Topology.ORDER_EVENTS, channel -> channel.readBy(loyalty, OrderConfirmed.class));

        var pages = new Pages(more, ROOT);

        assertThat(pages.drawing()).contains("orders -- order_events --> inventory & loyalty & notifications");
        assertThat(pages.all().get(Pages.EVENTS)).contains("loyalty: `OrderConfirmed`");
        assertThat(pages.all().get(AsyncApi.FILE))
                .contains("loyalty.receive.order_events", "loyalty group loyalty Read");
    }
}
