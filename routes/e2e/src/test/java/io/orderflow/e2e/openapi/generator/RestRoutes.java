package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json31;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.openapi.BeanConfig;
import org.apache.camel.openapi.RestOpenApiReader;

/** What Camel knows of the running app's REST routes: paths, methods, path parameters and roles, and no more. */
final class RestRoutes {

    private final CamelContext camel;

    RestRoutes(CamelContext camel) {
        this.camel = camel;
    }

    /** Operations by method, by path, as Camel reads them from the REST definitions. */
    Map<String, JsonNode> operations() {
        try {
            var config = new BeanConfig();
            config.setVersion("3.1.0");
            var read = new RestOpenApiReader()
                    .read(camel, model().getRestDefinitions(), config, camel.getName(), camel.getClassResolver());
            var paths = Json31.mapper().<JsonNode>valueToTree(read).path("paths");
            return paths.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The route behind each method and path, whose id names the operation, the span and the metric. */
    Map<String, String> ids() {
        Map<String, String> routes = new HashMap<>();
        for (var rest : model().getRestDefinitions()) {
            for (var verb : rest.getVerbs()) {
                var path = rest.getPath() + (verb.getPath() == null ? "" : verb.getPath());
                routes.put(
                        verb.asVerb() + " " + path,
                        verb.getTo().getUri().substring(verb.getTo().getUri().indexOf(':') + 1));
            }
        }
        return routes;
    }

    private Model model() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }
}
