package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.http.ProblemType;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/**
 * The OpenAPI document as the routes give it. Camel reads paths, methods, path parameters and roles out of the REST
 * definitions; that is all it can tell, for an answer's media type, its headers and its examples have no place there.
 * What is missing comes from the parts that each module keeps beside its Api, and a part that says too little or too
 * much is an error.
 */
public final class RenderedOpenApi {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RestRoutes routes;
    private final Parts parts = Parts.onTheClassPath();
    private final Problems problems = new Problems(parts);
    private final Operations operations = new Operations(parts, new Responses(parts, problems));

    private RenderedOpenApi(RestRoutes routes) {
        this.routes = routes;
    }

    /** Starts the app and writes the document to the file that is the argument: {@code make openapi}. */
    public static void main(String... arguments) throws IOException {
        var file = Path.of(arguments[0]);
        var issuer = Issuer.in(Files.createTempDirectory("issuer"));
        int exit = 0;
        try (var shop = Shop.at(Site.fresh(), issuer.settings().toArray(String[]::new))) {
            Files.writeString(file, of(shop.instance().get(CamelContext.class)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("openapi.json is not rendered: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    /** The document of a running app, as it is committed. */
    public static String of(CamelContext camel) {
        try {
            return MAPPER.writeValueAsString(new RenderedOpenApi(new RestRoutes(camel)).document()) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode document() {
        var document = JSON.objectNode().put("openapi", "3.1.1");
        document.set("info", parts.common().path("info"));
        document.set("servers", parts.common().path("servers"));
        document.set("tags", parts.tags());
        document.set("paths", paths());
        document.set("components", components());
        parts.refuseMistakes();
        return document;
    }

    private ObjectNode paths() {
        var paths = JSON.objectNode();
        var unknown = new TreeSet<>(parts.operations().keySet());
        var ids = routes.ids();
        for (var path : new TreeMap<>(routes.operations()).entrySet()) {
            var operations = paths.putObject(path.getKey());
            if (path.getKey().startsWith(parts.common().at("/operators/paths").asText() + "/")) {
                operations.set("servers", parts.common().at("/operators/servers"));
            }
            for (var method : path.getValue().properties()) {
                var route = ids.get(method.getKey() + " " + path.getKey());
                if (unknown.remove(route)) {
                    var part = parts.operations().get(route);
                    operations.set(method.getKey(), this.operations.of(route, method.getValue(), part));
                } else {
                    parts.mistake(route + ": not described (expected: under operations)");
                }
            }
        }
        unknown.forEach(route -> parts.mistake(route + ": no such operation (expected: one of " + ids.values() + ")"));
        return paths;
    }

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
        parts.common().path("headers").properties().forEach(one -> headers.set(one.getKey(), one.getValue()));
        components.set("securitySchemes", parts.common().path("securitySchemes"));
        return components;
    }
}
