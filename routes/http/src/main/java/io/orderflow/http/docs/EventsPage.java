package io.orderflow.http.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The AsyncAPI document as a page without a script: channels with who writes and reads them, and below each its
 * messages with headers, members and an example. What the document says is text here, whatever is in it.
 */
final class EventsPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The bounds of a value, each with the words before it, in the order in which they are told. */
    private static final List<Map.Entry<String, String>> BOUNDS = List.of(
            Map.entry("minimum", "from "),
            Map.entry("maximum", "to "),
            Map.entry("minLength", "characters from "),
            Map.entry("maxLength", "characters to "),
            Map.entry("minItems", "entries from "));

    private final JsonNode document;
    private final StringBuilder html = new StringBuilder();

    private EventsPage(JsonNode document) {
        this.document = document;
    }

    /**
     * @param document in JSON
     * @return HTML in UTF-8
     */
    static byte[] of(byte[] document) {
        try {
            var page = new EventsPage(JSON.readTree(document));
            page.write();
            return page.html.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("asyncapi.json", e);
        }
    }

    private void write() {
        var title = text(document.at("/info/title"));
        html.append("""
                <!DOCTYPE html>
                <html lang="en">
                  <head>
                    <meta charset="utf-8">
                    <meta name="viewport" content="width=device-width, initial-scale=1">
                    <title>%1$s</title>
                    <link rel="stylesheet" href="docs.css">
                    <link rel="icon" type="image/png" href="favicon-32x32.png">
                  </head>
                  <body>
                    <main class="events">
                <nav><a href="../docs">Requests</a> · <b>Events</b></nav>
                <h1>%1$s</h1>
                """.formatted(title));
        for (var paragraph : document.at("/info/description").asText().split("\n\n")) {
            html.append("<p>").append(marked(paragraph.strip())).append("</p>\n");
        }
        html.append("<p>The same for programs: <code>/asyncapi.json</code> on the public port (AsyncAPI ")
                .append(text(document.path("asyncapi")))
                .append(
                        "); each value's JSON Schema below <code>/schemas</code>, as <code>/schemas/OrderCreated.1</code>.</p>\n");
        document.path("channels").properties().forEach(one -> channel(one.getKey(), one.getValue()));
        html.append("    </main>\n  </body>\n</html>\n");
    }

    private void channel(String name, JsonNode channel) {
        html.append("<h2 id=\"%1$s\">%1$s</h2>\n<p>%2$s</p>\n"
                .formatted(
                        text(channel.path("address")),
                        marked(channel.path("description").asText())));
        var kafka = channel.at("/bindings/kafka/topicConfiguration");
        html.append("<p>")
                .append(kafka.properties().stream()
                        .map(one -> "<code>" + text(one.getKey()) + "=" + joined(one.getValue()) + "</code>")
                        .collect(Collectors.joining(" ")))
                .append("</p>\n");
        rows(List.of("Role", "", "Messages", "Group"), operationsOf(name));
        channel.path("messages").forEach(reference -> message(resolved(reference)));
    }

    private List<List<String>> operationsOf(String channel) {
        List<List<String>> rows = new ArrayList<>();
        for (var operation : document.path("operations")) {
            if (operation.at("/channel/$ref").asText().equals("#/channels/" + channel)) {
                rows.add(List.of(
                        text(operation.at("/tags/0/name")),
                        operation.path("action").asText().equals("send") ? "writes" : "reads",
                        operation
                                .path("messages")
                                .valueStream()
                                .map(one -> link(one.path("$ref").asText().replaceFirst(".*/", "")))
                                .collect(Collectors.joining(", ")),
                        text(operation.at("/bindings/kafka/groupId/enum/0"))));
            }
        }
        return rows;
    }

    private void message(JsonNode message) {
        html.append("<h3 id=\"%1$s\">%1$s</h3>\n<p>%2$s</p>\n"
                .formatted(
                        text(message.path("name")),
                        marked(message.path("summary").asText())));
        var payload = resolved(message.path("payload"));
        if (payload.has("x-schema")) {
            html.append("<p>Schema: <code>")
                    .append(text(payload.path("x-schema")))
                    .append("</code></p>\n");
        }
        List<List<String>> members = new ArrayList<>();
        members(payload, "", members);
        if (!members.isEmpty()) {
            rows(List.of("Member", "What"), members);
        }
        List<List<String>> headers = new ArrayList<>();
        members(message.path("headers"), "", headers);
        html.append("<details><summary>Headers</summary>\n");
        rows(List.of("Header", "What"), headers);
        html.append("</details>\n");
        for (var example : message.path("examples")) {
            html.append("<details><summary>Example</summary>\n<pre>")
                    .append(text(example.path("headers").toPrettyString()))
                    .append("\n\n")
                    .append(text(example.path("payload").toPrettyString()))
                    .append("</pre>\n</details>\n");
        }
    }

    /** A row for each member; those of objects and lists stand behind theirs. */
    private void members(JsonNode schema, String prefix, List<List<String>> rows) {
        for (var one : schema.path("properties").properties()) {
            var member = resolved(one.getValue());
            var path = prefix + one.getKey();
            if (member.has("properties")) {
                members(member, path + ".", rows);
            } else if (resolved(member.path("items")).has("properties")) {
                members(resolved(member.path("items")), path + "[].", rows);
            } else {
                rows.add(List.of("<code>" + text(path) + "</code>", meaning(member)));
            }
        }
    }

    private static String meaning(JsonNode schema) {
        var parts = new ArrayList<String>();
        Stream.of("const", "enum").filter(schema::has).forEach(word -> parts.add(joined(schema.path(word))));
        Stream.of("type", "format").filter(schema::has).forEach(word -> parts.add(text(schema.path(word))));
        BOUNDS.stream()
                .filter(bound -> schema.has(bound.getKey()))
                .forEach(bound -> parts.add(bound.getValue() + text(schema.path(bound.getKey()))));
        if (schema.has("pattern")) {
            parts.add("<code>" + text(schema.path("pattern")) + "</code>");
        }
        if (schema.has("description")) {
            parts.add(marked(schema.path("description").asText()));
        }
        return String.join(", ", parts);
    }

    private void rows(List<String> heads, List<List<String>> rows) {
        html.append("<table>\n<tr>");
        heads.forEach(head -> html.append("<th>").append(head).append("</th>"));
        html.append("</tr>\n");
        for (var row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td>").append(cell).append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    /** What a reference of this document leads to. */
    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref");
        if (!reference.isTextual()) {
            return node;
        }
        var found = document.at(reference.asText().replaceFirst("^#", ""));
        if (found instanceof MissingNode) {
            throw new IllegalStateException(reference + ": leads nowhere (expected: a part of asyncapi.json)");
        }
        return resolved(found);
    }

    private static String link(String name) {
        return "<a href=\"#%1$s\">%1$s</a>".formatted(text(name));
    }

    private static String joined(JsonNode values) {
        return values.isArray()
                ? values.valueStream().map(EventsPage::text).collect(Collectors.joining(", "))
                : text(values);
    }

    /** Of Markdown, what the document uses: bold and code. */
    private static String marked(String markdown) {
        return text(markdown).replaceAll("\\*\\*([^*]+)\\*\\*", "<b>$1</b>").replaceAll("`([^`]+)`", "<code>$1</code>");
    }

    private static String text(JsonNode value) {
        return text(value.asText());
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
