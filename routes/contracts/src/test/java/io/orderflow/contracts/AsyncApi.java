package io.orderflow.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The AsyncAPI document, written by {@code make render}: the declaration of channels, the JSON Schemas and the
 * releases' examples, as one text that programs in any language read. It describes the whole installation, so that an
 * operation is told from the side of the role that its name begins with.
 */
final class AsyncApi {

    /** In the app's resources, beside the OpenAPI documents. */
    static final Path FILE = Path.of("routes/app/src/main/resources/asyncapi.json");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BINDING = "0.5.0";

    private final Topology topology;
    private final Examples examples;

    /** @param root of the repository */
    AsyncApi(Topology topology, Path root) {
        this.topology = topology;
        this.examples = new Examples(root);
    }

    String text() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    ObjectNode document() {
        var document = JSON.createObjectNode();
        document.put("asyncapi", "3.0.0");
        document.put("id", "urn:orderflow:events");
        document.set("info", info());
        document.put("defaultContentType", "application/json");
        document.set("servers", servers());
        document.set("channels", channels());
        document.set("operations", operations());
        var components = document.putObject("components");
        components.set("schemas", schemas());
        components.set("messages", messages());
        return document;
    }

    private ObjectNode info() {
        var info = JSON.createObjectNode();
        info.put("title", "orderflow: the events");
        info.put("version", "1");
        info.put("description", GUARANTEES);
        info.putObject("license")
                .put("name", "Apache 2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0.html");
        info.putObject("contact")
                .put("name", "The project")
                .put("url", "https://github.com/orderflow/orderflow");
        var tags = info.putArray("tags");
        topology.roles().forEach(role -> tags.addObject()
                .put("name", role.name())
                .put("description", "What " + role + " writes and reads."));
        return info;
    }

    private static final String GUARANTEES = """
            What the services of orderflow say to each other on Kafka, and what anybody may listen to. Each operation is \
            told from the side of the role that its name begins with.

            **Order.** One order's events on one channel come in the order in which they happened: the key is the order's \
            id, and `sequence` rises with each event of a writer about an order, over all of its channels, so that it has \
            gaps on one of them. Nothing else is ordered: neither two orders, nor two channels.

            **Repetition.** Each event comes at least once, and may come again, also late and in other bytes. On its \
            channel it is known by its `event_id`: note it in the transaction of its effect, and drop what is noted. \
            Commit the offset after that.

            **What one does not know.** Members that a schema does not name are to be ignored; more may come within a \
            version. A type that one does not handle is passed over. `event_version` rises only when a reader of the \
            version before would misread the payload: keep such an event aside, and do not guess.

            **Who may write.** Each channel has one writer, but `dead_letters`. The value alone is enough; a header that \
            contradicts it makes the event unreadable. The services write each header that is named here, `traceparent` \
            where the cause had one.

            **Names.** An installation may put a prefix before each topic and group, for several systems on one cluster.
            """;

    private static ObjectNode servers() {
        var servers = JSON.createObjectNode();
        var kafka = servers.putObject("kafka");
        kafka.put("host", "{bootstrap}");
        kafka.put("protocol", "kafka");
        kafka.put(
                "description",
                "The cluster of the installation: with certificates on Kubernetes, without on one's own machine.");
        kafka.putObject("variables")
                .putObject("bootstrap")
                .put("description", "Brokers to begin with, as host:port.")
                .put("default", "localhost:9092");
        return servers;
    }

    private ObjectNode channels() {
        var channels = JSON.createObjectNode();
        for (var channel : topology.channels()) {
            var one = channels.putObject(channel.topic());
            one.put("address", channel.topic());
            one.put("title", channel.topic());
            one.put("description", told(channel));
            one.putArray("servers").addObject().put("$ref", "#/servers/kafka");
            var messages = one.putObject("messages");
            messagesOf(channel)
                    .keySet()
                    .forEach(name -> messages.putObject(name).put("$ref", "#/components/messages/" + name));
            var kafka = one.putObject("bindings").putObject("kafka");
            kafka.put("topic", channel.topic());
            kafka.set("topicConfiguration", configuration(channel));
            kafka.put("bindingVersion", BINDING);
        }
        return channels;
    }

    private static String told(Channel channel) {
        var readers = channel.readers().isEmpty()
                ? "whoever looks"
                : channel.readers().keySet().stream().sorted().map(Role::name).collect(Collectors.joining(", "));
        return "Written by %s%s, read by %s. The key is the order's id. An event stays for %d days, unless the installation says otherwise%s."
                .formatted(
                        channel.writers().stream().map(Role::name).collect(Collectors.joining(", ")),
                        everyWriter(channel).stream()
                                .filter(role -> !channel.writers().contains(role))
                                .map(role -> " (and " + role + ", where it runs)")
                                .collect(Collectors.joining()),
                        readers,
                        Topology.RETENTION.toDays(),
                        channel.compacted()
                                ? "; the topic is compacted besides, and a null value erases what its key held"
                                : "");
    }

    private static ObjectNode configuration(Channel channel) {
        var configuration = JSON.createObjectNode();
        var policy = configuration.putArray("cleanup.policy");
        if (channel.compacted()) {
            policy.add("compact");
        }
        policy.add("delete");
        configuration.put("retention.ms", Topology.RETENTION.toMillis());
        if (channel.compacted()) {
            configuration.put("delete.retention.ms", Topology.RETENTION.toMillis());
        }
        return configuration;
    }

    private ObjectNode operations() {
        var operations = JSON.createObjectNode();
        for (var channel : topology.channels()) {
            channel.writers()
                    .forEach(role -> operations.set(
                            role + ".send." + channel,
                            operation("send", role, channel, messagesOf(channel).keySet())));
            channel.readers().forEach((role, types) -> {
                var names = types.stream().map(Event::typeOf).collect(Collectors.toSet());
                operations.set(role + ".receive." + channel, operation("receive", role, channel, names));
            });
        }
        return operations;
    }

    private ObjectNode operation(String action, Role role, Channel channel, Set<String> names) {
        boolean sends = action.equals("send");
        var operation = JSON.createObjectNode();
        operation.put("action", action);
        operation.put("title", role + (sends ? " writes " : " reads ") + channel);
        operation.put("summary", sends ? "What " + role + " says here." : "What " + role + " handles.");
        operation.put("description", described(sends, names.size() == messagesOf(channel).size()));
        operation.putObject("channel").put("$ref", "#/channels/" + channel);
        operation.putArray("tags").addObject().put("name", role.name());
        var messages = operation.putArray("messages");
        messagesOf(channel).keySet().stream().filter(names::contains).forEach(name -> messages.addObject()
                .put("$ref", "#/channels/" + channel + "/messages/" + name));
        if (!sends) {
            var kafka = operation.putObject("bindings").putObject("kafka");
            kafka.putObject("groupId").put("type", "string").putArray("enum").add(role.name());
            kafka.put("bindingVersion", BINDING);
        }
        var rights = operation.putArray("x-rights");
        topology.rights().stream()
                .filter(right -> right.role().equals(role))
                .filter(right -> right.kind() == Right.Kind.GROUP ? !sends : right.name().equals(channel.topic()))
                .flatMap(right -> right.lines().stream())
                .forEach(rights::add);
        return operation;
    }

    private static String described(boolean sends, boolean all) {
        if (sends) {
            return "Each event comes at least once, after the change that it tells of is stored.";
        }
        return all ? "All types of this channel." : "The types that are named here; the others it passes over.";
    }

    /** By their names: those that have a value, then the one that a null value stands for. */
    private static Map<String, Class<? extends Event>> messagesOf(Channel channel) {
        Map<String, Class<? extends Event>> messages = new LinkedHashMap<>();
        channel.events().forEach(type -> messages.put(Event.typeOf(type), type));
        if (channel.compacted()) {
            messages.put(Event.typeOf(channel.tombstone()), channel.tombstone());
        }
        return messages;
    }

    private ObjectNode messages() {
        var messages = JSON.createObjectNode();
        for (var channel : topology.channels()) {
            messagesOf(channel).forEach((name, type) -> messages.set(name, message(channel, name, type)));
        }
        return messages;
    }

    private ObjectNode message(Channel channel, String name, Class<? extends Event> type) {
        boolean erases = type == channel.tombstone();
        var message = JSON.createObjectNode();
        message.put("name", name);
        message.put("title", name);
        message.put("summary", erases ? ERASED : Examples.description(Examples.schema(name)));
        message.put("contentType", "application/json");
        message.set("headers", headers(channel, name));
        message.putObject("payload").put("$ref", "#/components/schemas/" + name);
        var kafka = message.putObject("bindings").putObject("kafka");
        // In full: a binding may hold a reference or a schema, and the specification takes one for the other.
        kafka.set("key", Examples.schema(Event.typeOf(channel.events().iterator().next())).at("/properties/order_id"));
        kafka.put("bindingVersion", BINDING);
        message.set("examples", examples(channel, name, erases));
        return message;
    }

    private static final String ERASED =
            "The contact of an order is to be forgotten: a null value, under the key that had it.";

    private static ObjectNode headers(Channel channel, String name) {
        var headers = JSON.createObjectNode();
        headers.put("type", "object");
        headers.put("description", "CloudEvents 1.0 in Kafka's binary mode, each value as text in UTF-8.");
        var properties = headers.putObject("properties");
        properties.putObject("ce_specversion").put("type", "string").put("const", "1.0");
        properties.putObject("ce_id").put("$ref", "#/components/schemas/EventId");
        properties.putObject("ce_type").put("type", "string").put("const", name);
        var source = properties.putObject("ce_source").put("type", "string").putArray("enum");
        everyWriter(channel).forEach(role -> source.add(source(role)));
        properties.putObject("ce_subject").put("$ref", "#/components/schemas/OrderId");
        properties.putObject("ce_time").put("$ref", "#/components/schemas/OccurredAt");
        properties.putObject("content-type").put("type", "string").put("const", "application/json");
        properties.putObject("traceparent").put("$ref", "#/components/schemas/TraceParent");
        return headers;
    }

    /** Also those who write only where they run: the document is one for all installations. */
    private static Set<Role> everyWriter(Channel channel) {
        Set<Role> writers = new TreeSet<>(channel.writers());
        Topology.WITH_CONSOLE.find(channel.topic()).map(Channel::writers).ifPresent(writers::addAll);
        return writers;
    }

    private static String source(Role role) {
        return "/orderflow/" + role;
    }

    private ArrayNode examples(Channel channel, String name, boolean erases) {
        var event = examples.latest(erases ? Event.typeOf(channel.events().iterator().next()) : name);
        var writer = channel.writers().stream()
                .filter(role -> role.name().equals(event.at("/payload/service").asText(role.name())))
                .findFirst()
                .orElseThrow();
        var list = JSON.createArrayNode();
        var example = list.addObject().put("name", name);
        example.putObject("headers")
                .put("ce_specversion", "1.0")
                .put("ce_id", event.path("event_id").textValue())
                .put("ce_type", name)
                .put("ce_source", source(writer))
                .put("ce_subject", event.path("order_id").textValue())
                .put("ce_time", event.path("occurred_at").textValue())
                .put("content-type", "application/json")
                .put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        example.set("payload", erases ? JSON.nullNode() : event);
        return list;
    }

    /** Of values, and of what headers and keys repeat of them. */
    private ObjectNode schemas() {
        var schemas = JSON.createObjectNode();
        List<JsonNode> envelopes = new ArrayList<>();
        for (var channel : topology.channels()) {
            for (var type : channel.events()) {
                var schema = (ObjectNode) Examples.schema(Event.typeOf(type));
                envelopes.add(schema.path("properties"));
                schemas.set(Event.typeOf(type), inDocument(schema));
            }
            if (channel.compacted()) {
                schemas.putObject(Event.typeOf(channel.tombstone()))
                        .put("type", "null")
                        .put("description", ERASED);
            }
        }
        var envelope = envelopes.getFirst();
        schemas.set("EventId", envelope.path("event_id"));
        schemas.set("OrderId", envelope.path("order_id"));
        schemas.set("OccurredAt", envelope.path("occurred_at"));
        schemas.putObject("TraceParent")
                .put("type", "string")
                .put("description", "W3C trace context.")
                .put("pattern", "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$");
        return schemas;
    }

    /** As AsyncAPI's own schemas are written, whose words mean the same; where it came from stands beside it. */
    private static ObjectNode inDocument(ObjectNode schema) {
        var id = schema.path("$id").textValue();
        var copy = schema.deepCopy().without(List.of("$schema", "$id"));
        return ((ObjectNode) copy).put("x-schema", id);
    }
}
