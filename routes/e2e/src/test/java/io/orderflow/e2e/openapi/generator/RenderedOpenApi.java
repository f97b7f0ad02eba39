package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.http.ProblemType;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * The OpenAPI documents as the routes give them, one for each port. Camel reads paths, methods, path parameters and
 * roles out of the REST definitions; that is all it can tell, for an answer's media type, its headers and its examples
 * have no place there. What is missing comes from the parts that each module keeps beside its Api, and a part that says
 * too little or too much is an error.
 */
public final class RenderedOpenApi {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RestRoutes routes;
    private final Parts parts = Parts.onTheClassPath();
    private final Problems problems = new Problems(parts);
    private final Operations operations = new Operations(parts, problems);

    private RenderedOpenApi(RestRoutes routes) {
        this.routes = routes;
    }

    /** Starts the app and writes the documents into the folder that is the argument: {@code make openapi}. */
    public static void main(String... arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var issuer = Issuer.in(Files.createTempDirectory("issuer"));
        int exit = 0;
        try (var shop = Shop.withConsole(issuer.settings().toArray(String[]::new))) {
            for (var one : of(shop.instance().get(CamelContext.class)).entrySet()) {
                Files.writeString(folder.resolve(one.getKey()), one.getValue());
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("openapi.json is not rendered: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    /** The documents of a running app as they are committed, by the names of their files. */
    public static Map<String, String> of(CamelContext camel) {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            for (var one :
                    new RenderedOpenApi(new RestRoutes(camel)).documents().entrySet()) {
                texts.put(one.getKey(), MAPPER.writeValueAsString(one.getValue()) + "\n");
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, ObjectNode> documents() {
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        for (var described : parts.common().path("documents")) {
            documents.put(described.path("file").asText(), document(described));
        }
        var unknown = new TreeSet<>(parts.operations().keySet());
        unknown.removeAll(routes.ids().values());
        unknown.forEach(route -> parts.mistake(route + ": no such operation (expected: one of "
                + new TreeSet<>(routes.ids().values()) + ")"));
        parts.refuseMistakes();
        return documents;
    }

    private ObjectNode document(JsonNode described) {
        var document = JSON.objectNode().put("openapi", "3.1.1");
        document.set("info", described.path("info"));
        document.set("servers", parts.common().path("servers"));
        document.set("tags", parts.tags(described.path("tags")));
        var paths = paths(described.path("file").asText());
        document.set("paths", paths);
        document.set("components", new Components(components()).usedBy(paths));
        return document;
    }

    private ObjectNode paths(String file) {
        var paths = JSON.objectNode();
        var ids = routes.ids();
        for (var path : new TreeMap<>(routes.operations()).entrySet()) {
            if (!file(path.getKey()).equals(file)) {
                continue;
            }
            var operations = paths.putObject(path.getKey());
            for (var method : path.getValue().properties()) {
                var route = ids.get(method.getKey() + " " + path.getKey());
                var part = parts.operations().get(route);
                if (part == null) {
                    parts.mistake(route + ": not described (expected: under operations)");
                } else {
                    operations.set(method.getKey(), this.operations.of(route, method.getValue(), part));
                }
            }
        }
        return paths;
    }

    /** The document that has a path: the one that names its beginning, else the first. */
    private String file(String path) {
        var documents = parts.common().path("documents");
        for (var one : documents) {
            if (one.has("paths") && path.startsWith(one.path("paths").asText())) {
                return one.path("file").asText();
            }
        }
        return documents.path(0).path("file").asText();
    }

    /** All that a document can refer to. */
    private ObjectNode components() {
        var components = JSON.objectNode();
        components.set("schemas", new OpenApiSchemas(parts.all()).all());
        var types = ((ObjectNode) components.at("/schemas/Problem/properties/type")).putArray("enum");
        var responses = components.putObject("responses");
        for (var type : ProblemType.values()) {
            types.add(type.uri());
            var part = parts.problem(type);
            var scenarios = Scenarios.of(part);
            scenarios.replaceAll((name, one) -> {
                var copy = one.<ObjectNode>deepCopy();
                ((ObjectNode) copy.path("answer")).put("problem", type.name());
                return copy;
            });
            responses.set(Problems.name(type), problems.of(List.of(type), scenarios));
        }
        var headers = components.putObject("headers");
        for (var one : parts.common().path("headers").properties()) {
            headers.set(one.getKey(), one.getValue().<ObjectNode>deepCopy().without("given"));
        }
        components.set("securitySchemes", parts.common().path("securitySchemes"));
        return components;
    }
}
