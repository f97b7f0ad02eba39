package io.orderflow.http.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The page of events is made of the document's words, and whatever these are, they stay words. */
class EventsPageTest {

    private static final String DOCUMENT = """
            {"asyncapi": "3.0.0", "info": {"title": "events", "description": "**Order.** By `key`.\\n\\nMore."},
             "channels": {"said": {"address": "said", "description": "WORD", "messages": {"M": {"$ref": "#/components/messages/M"}},
               "bindings": {"kafka": {"topicConfiguration": {"cleanup.policy": ["compact", "delete"], "retention.ms": 7}}}},
              "other": {"address": "other", "description": "", "messages": {}}},
             "operations": {
              "one.send.said": {"action": "send", "channel": {"$ref": "#/channels/said"}, "tags": [{"name": "one"}],
               "messages": [{"$ref": "#/channels/said/messages/M"}]},
              "two.receive.said": {"action": "receive", "channel": {"$ref": "#/channels/said"}, "tags": [{"name": "two"}],
               "messages": [], "bindings": {"kafka": {"groupId": {"enum": ["group-of-two"]}}}}},
             "components": {
              "messages": {"M": {"name": "M", "summary": "WORD",
               "headers": {"properties": {"ce_type": {"const": "WORD"}}},
               "payload": {"$ref": "#/components/schemas/M"}, "examples": [{"headers": {}, "payload": {"x": "WORD"}}]}},
              "schemas": {"M": {"x-schema": "urn:M:1", "properties": {"lines": {"items": {"properties":
               {"sku": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "WORD", "description": "WORD"}}}}}}}}}""";

    @Test
    void itShowsWhoSaysWhatAndHowItLooks() {
        assertThat(page(DOCUMENT))
                .contains("<p><b>Order.</b> By <code>key</code>.</p>\n<p>More.</p>")
                .contains("<code>cleanup.policy=compact, delete</code> <code>retention.ms=7</code>")
                .contains("<tr><td>one</td><td>writes</td><td><a href=\"#M\">M</a></td><td></td></tr>")
                .contains("<tr><td>two</td><td>reads</td><td></td><td>group-of-two</td></tr>")
                .contains("<code>urn:M:1</code>")
                .contains("<td><code>lines[].sku</code></td><td>string, characters from 1, characters to 64,");
    }

    @Test
    void whatTheDocumentSaysIsTextWhereverItStands() {
        var page = page(DOCUMENT.replace("WORD", "<script>x</script>'&amp;\\\" onclick=\\\""));

        assertThat(page).doesNotContain("<script").doesNotContain("\" onclick").contains("&lt;script&gt;");
    }

    @Test
    void aReferenceThatLeadsNowhereIsSaidAtTheStart() {
        assertThatThrownBy(() -> page(DOCUMENT.replace("schemas/M\"", "schemas/N\"")))
                .hasMessageContaining("#/components/schemas/N");
    }

    private static String page(String document) {
        return new String(EventsPage.of(document.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
