package io.orderflow.e2e.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.e2e.shop.EventsDocument;
import io.orderflow.e2e.shop.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AsyncAPI document is read by the parser that the tools of AsyncAPI share, where Node is here. */
class AsyncApiParserTest {

    private static final Path SCRIPT = Path.of("src/lint/parse.mjs");

    @TempDir
    private Path folder;

    @Test
    @Tag("campaign")
    void theParserFindsNothingWrong() throws Exception {
        Tools.needNpm(folder, "parser");
        var explained = Explained.committed().rules();
        var document = EventsDocument.served().json();
        var broken = (ObjectNode) document.deepCopy();
        ((ObjectNode) broken.at("/operations/orders.send.order_events/channel")).put("$ref", "#/channels/nowhere");

        var said = Tools.said("node", SCRIPT.toString(), folder.toString(), file("good", document.toString()));
        var saidOfBroken = Tools.said("node", SCRIPT.toString(), folder.toString(), file("broken", broken.toString()));

        assertThat(said.lines().filter(line -> explained.stream().noneMatch(line::startsWith)))
                .singleElement()
                .asString()
                .isEqualTo(
                        "parsed %d channels, %d operations, %d messages",
                        document.path("channels").size(),
                        document.path("operations").size(),
                        document.at("/components/messages").size());
        assertThat(saidOfBroken).contains("nowhere").contains("refused");
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name + ".json"), text).toString();
    }
}
