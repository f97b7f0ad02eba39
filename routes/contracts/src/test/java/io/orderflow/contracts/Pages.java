package io.orderflow.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What texts say of channels and events, written by {@code make render}: {@code docs/events.md} for readers in any
 * language, {@link AsyncApi} for their programs, and the drawing in {@code README.md}. All would be wrong after the
 * first change if a person kept them.
 */
final class Pages {

    static final Path EVENTS = Path.of("docs/events.md");
    static final Path README = Path.of("README.md");

    private static final String SCHEMAS = "../routes/contracts/src/main/resources/schemas/";
    private static final Pattern DRAWING = Pattern.compile("(?ms)^```mermaid\\n.*?^```$");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Topology topology;
    private final Path root;
    private final Examples examples;

    Pages(Topology topology, Path root) {
        this.topology = topology;
        this.root = root;
        this.examples = new Examples(root);
    }

    /** Rewrites them, with the repository's root as the argument. */
    public static void main(String... arguments) throws IOException {
        var root = Path.of(arguments[0]);
        for (var page : new Pages(Topology.ORDERFLOW, root).all().entrySet()) {
            Files.writeString(root.resolve(page.getKey()), page.getValue());
        }
    }

    /** Path below the root, and content. */
    Map<Path, String> all() {
        return Map.of(
                EVENTS,
                events(),
                AsyncApi.FILE,
                new AsyncApi(topology, root).text(),
                README,
                DRAWING.matcher(read(root.resolve(README))).replaceFirst(Matcher.quoteReplacement(drawing())));
    }

    /** Who says what to whom, as Mermaid draws it; what is outside of the declaration stands around it. */
    String drawing() {
        var arrows = topology.channels().stream()
                .filter(channel -> !channel.readers().isEmpty())
                .map(channel -> "  %s -- %s --> %s\n"
                        .formatted(joined(channel.writers(), " & "), channel, joined(readers(channel), " & ")))
                .collect(Collectors.joining());
        return """
                ```mermaid
                flowchart LR
                  client -- "POST /orders → 202" --> orders
                %s  payments -- HTTP --> provider
                  notifications -- SMTP --> customer
                ```""".formatted(arrows);
    }

    private String events() {
        return """
                # Events

                Written by `make render` from the declaration of channels (`Topology`), the JSON Schemas and the events that the releases wrote (`golden`). A client in any language can listen and take part; `StrangerTest` plays payments with a plain Kafka client.

                ## What a reader needs

                * **Key**: the order's id, a UUID as text. One order's events on one topic come in their order ([ordering](ordering.md)).
                * **Value**: UTF-8 JSON, the envelope below. Members that you do not know are to be ignored, whatever is in them; more may come within a version.
                * **Duplicates**: the same event may come again, also late and in other bytes. On its topic it is known by its `event_id`: note both in the transaction of its effect, and drop what you have noted. Two topics may use one id.
                * **Versions**: `event_version` rises only when a reader of the version before would misread the payload. Keep aside what you do not understand; do not guess.
                * **From the beginning**: a new group reads with `auto.offset.reset=earliest`, so it hears all that the topic still has (%d days, unless the installation says otherwise; `order_contacts` compacted).
                * **A null value** has a meaning on %s only: forget what this key held.
                * **A group and rights** of its own: [rights](rights.md) has the pattern.

                ## What a writer needs

                The body alone is enough. Headers are optional; one that contradicts the body makes the event unreadable, and it parks. Each topic has one writer, apart from `dead_letters`. `event_id` is new for each event of a topic, best a UUIDv7: the inbox forgets those by whole days. Something else under an id that took effect is kept aside.

                The schemas are meant word for word: what a validator of JSON Schema 2020-12 admits is read, what it refuses parks, and `SchemasAndReaderTest` holds both together. So `1.0` and `1e0` are whole numbers (in at most 1,000 characters), text is counted in characters and holds no NUL, and a member that is known stands once in its object.

                | Member | What |
                |---|---|
                | `event_id` | UUID, in letters of either case; the same in every repetition |
                | `event_type` | the name of the event |
                | `event_version` | whole number from 1 |
                | `occurred_at` | RFC 3339 time, by the writer's clock, best in UTC; a second 60 is the next minute's first, digits of a fraction beyond nine are cut |
                | `order_id` | UUID in lower case; equal to the key, byte by byte, for brokers and locks go by bytes |
                | `sequence` | whole number from 1; rises with each event of a writer about an order, over all its topics |
                | `payload` | object, as below |

                | Header | What |
                |---|---|
                | `ce_specversion` | `1.0`: [CloudEvents](https://cloudevents.io) in Kafka's binary mode |
                | `ce_id`, `ce_type`, `ce_subject`, `ce_time` | `event_id`, `event_type`, `order_id`, `occurred_at` |
                | `ce_source` | `/orderflow/` and the writer's role |
                | `content-type` | `application/json` |
                | `traceparent` | W3C trace context, if the cause had one |

                ## Channels

                | Topic | Writer | Readers, and what each handles |
                |---|---|---|
                %s
                %s""".formatted(
                        Topology.RETENTION.toDays(),
                        topology.channels().stream()
                                .filter(Channel::compacted)
                                .map(channel -> "`" + channel + "`")
                                .collect(Collectors.joining(", ")),
                        topology.channels().stream().map(this::row).collect(Collectors.joining("\n")),
                        topology.channels().stream()
                                .flatMap(channel -> channel.events().stream().map(type -> event(channel, type)))
                                .collect(Collectors.joining()));
    }

    private String row(Channel channel) {
        var readers = readers(channel).stream()
                .map(role -> role + ": " + joined(names(channel.readers().get(role)), ", "))
                .collect(Collectors.joining("; "));
        return "| `%s` | %s | %s |"
                .formatted(channel, joined(channel.writers(), ", "), readers.isEmpty() ? "whoever looks" : readers);
    }

    private static List<String> names(Iterable<Class<? extends Event>> types) {
        List<String> names = new ArrayList<>();
        types.forEach(type -> names.add("`" + Event.typeOf(type) + "`"));
        return names;
    }

    private String event(Channel channel, Class<? extends Event> type) {
        var name = Event.typeOf(type);
        var schema = Examples.schema(name);
        var rows = new ArrayList<String>();
        members(schema.path("properties").path("payload"), "", rows);
        return """

                ## %s

                %s On `%s`, version %d; [schema](%s%s.json).

                %s```json
                %s
                ```
                """.formatted(
                        name,
                        Examples.description(schema),
                        channel,
                        Event.versionOf(type),
                        SCHEMAS,
                        name,
                        rows.isEmpty()
                                ? "The payload has no members.\n\n"
                                : "| Payload | What |\n|---|---|\n" + String.join("\n", rows) + "\n\n",
                        pretty(examples.latest(name)));
    }

    /** One row for each member; those of objects and lists stand behind theirs. */
    private static void members(JsonNode object, String prefix, List<String> rows) {
        for (var member : object.path("properties").properties()) {
            var path = prefix + member.getKey();
            var schema = member.getValue();
            switch (schema.path("type").asText()) {
                case "object" -> members(schema, path + ".", rows);
                case "array" -> members(schema.path("items"), path + "[].", rows);
                default -> rows.add("| `" + path + "` | " + meaning(schema) + " |");
            }
        }
    }

    private static String meaning(JsonNode schema) {
        if (schema.has("enum")) {
            return schema.path("enum")
                    .valueStream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        var parts = new ArrayList<>(List.of(
                schema.has("format")
                        ? schema.path("format").asText().toUpperCase(Locale.ROOT)
                        : schema.path("type").asText().equals("integer") ? "whole number" : "text"));
        bounds(schema, parts, "minimum", "from ");
        bounds(schema, parts, "maximum", "to ");
        bounds(schema, parts, "minLength", "length from ");
        bounds(schema, parts, "maxLength", "to ");
        if (schema.has("pattern") && !schema.has("format") && !isPlain(schema)) {
            parts.add("`" + schema.path("pattern").asText() + "`");
        }
        var text = String.join(" ", parts);
        return schema.has("description")
                ? text + ": " + schema.path("description").asText()
                : text;
    }

    /** Any text that a database keeps. */
    private static boolean isPlain(JsonNode text) {
        return text.path("pattern").textValue().equals("^[^\\u0000]*$");
    }

    private static void bounds(JsonNode schema, List<String> parts, String name, String word) {
        if (schema.has(name)) {
            parts.add(word + schema.path(name).asText());
        }
    }

    private static String pretty(JsonNode example) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(example);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Role> readers(Channel channel) {
        return List.copyOf(new TreeSet<>(channel.readers().keySet()));
    }

    private static String joined(Iterable<?> things, String between) {
        var texts = new ArrayList<String>();
        things.forEach(thing -> texts.add(thing.toString()));
        return String.join(between, texts);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
