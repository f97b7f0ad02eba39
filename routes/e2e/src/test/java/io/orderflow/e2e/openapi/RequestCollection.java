package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.e2e.openapi.OpenApi.Operation;
import io.orderflow.e2e.openapi.OpenApiExamples.Example;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A document's requests as a collection, in the form 2.1 that Postman and Bruno read: a folder for each tag, in it each
 * operation as its first example that succeeds, and all of its examples with their answers beside it. The converters
 * that there are draw values by lot and pass over the examples, so that nothing they write can be sent.
 */
final class RequestCollection {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A new one for each request that is sent. */
    private static final String NEW_KEY = "{{$guid}}";

    private final List<Example> examples;

    private RequestCollection(List<Example> examples) {
        this.examples = examples;
    }

    /** @param file the document's name */
    static ObjectNode of(OpenApi api, String file) {
        var document = api.documents().get(file);
        boolean isForOperators = !file.equals(OpenApi.FILES.getFirst());
        var collection = JSON.objectNode();
        collection
                .putObject("info")
                .put("name", document.at("/info/title").asText())
                .put("description", document.at("/info/description").asText())
                .put("schema", "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
        collection
                .putObject("auth")
                .put("type", "bearer")
                .putArray("bearer")
                .add(variable("token", "{{token}}").put("type", "string"));
        collection
                .putArray("variable")
                .add(variable("baseUrl", isForOperators ? "http://localhost:8081" : "http://localhost:8080"))
                .add(variable("token", ""));
        var requests = new RequestCollection(OpenApiExamples.of(api));
        var folders = collection.putArray("item");
        for (var tag : document.path("tags")) {
            var folder = folders.addObject().put("name", tag.path("name").asText());
            folder.set("description", tag.path("description"));
            var items = folder.putArray("item");
            api.operations().stream()
                    .filter(one -> one.isForOperators() == isForOperators)
                    .filter(one -> one.definition().at("/tags/0").equals(tag.path("name")))
                    .forEach(one -> items.add(requests.item(one)));
        }
        return collection;
    }

    private static ObjectNode variable(String key, String value) {
        return JSON.objectNode().put("key", key).put("value", value);
    }

    private ObjectNode item(Operation operation) {
        var mine = examples.stream()
                .filter(one -> one.operation().id().equals(operation.id()))
                .toList();
        var item = JSON.objectNode()
                .put("name", operation.definition().path("summary").asText());
        var first = mine.stream().filter(one -> one.status() < 300).findFirst().orElseGet(() -> plain(operation));
        var request = request(first, true);
        request.set("description", operation.definition().path("description"));
        item.set("request", request);
        var responses = item.putArray("response");
        for (var example : mine) {
            var response = responses.addObject().put("name", example.name());
            response.set("originalRequest", request(example, false));
            response.put("code", example.status());
            response.put(
                    "body",
                    example.answer().isTextual()
                            ? example.answer().asText()
                            : example.answer().toPrettyString());
        }
        return item;
    }

    /** Where the answer is not shown: each parameter of the path as its first example, or its first constant, is. */
    private static Example plain(Operation operation) {
        Map<String, String> values = new TreeMap<>();
        for (var parameter : operation.definition().path("parameters")) {
            if (parameter.path("in").asText().equals("path")) {
                var shown = parameter.path("examples").valueStream().findFirst();
                values.put(
                        parameter.path("name").asText(),
                        shown.map(one -> one.path("value"))
                                .orElse(parameter.at("/schema/enum/0"))
                                .asText());
            }
        }
        return new Example(operation, "", values, JSON.missingNode(), 200, JSON.missingNode());
    }

    /** @param isToBeSent whether it is not only to be read, so that its key has to be a new one each time */
    private static ObjectNode request(Example example, boolean isToBeSent) {
        var operation = example.operation();
        var request = JSON.objectNode().put("method", operation.method());
        if (operation.definition().path("security").isEmpty()) {
            request.putObject("auth").put("type", "noauth");
        }
        var headers = request.putArray("header");
        example.headers()
                .forEach((name, value) ->
                        headers.add(variable(name, isToBeSent && name.equals("Idempotency-Key") ? NEW_KEY : value)));
        if (!example.body().isMissingNode()) {
            headers.add(variable("Content-Type", "application/json"));
            request.putObject("body")
                    .put("mode", "raw")
                    .put("raw", example.body().toPrettyString())
                    .putObject("options")
                    .putObject("raw")
                    .put("language", "json");
        }
        request.set("url", url(example));
        return request;
    }

    private static ObjectNode url(Example example) {
        var path = example.operation().path().replaceAll("\\{([^}]+)}", ":$1");
        var url = JSON.objectNode();
        var query = sent(example, "query");
        url.put(
                "raw",
                "{{baseUrl}}" + path
                        + (query.isEmpty()
                                ? ""
                                : query.valueStream()
                                        .map(one -> one.path("key").asText() + "="
                                                + one.path("value").asText())
                                        .collect(Collectors.joining("&", "?", ""))));
        url.putArray("host").add("{{baseUrl}}");
        var steps = url.putArray("path");
        Arrays.stream(path.substring(1).split("/")).forEach(steps::add);
        url.set("query", query);
        url.set("variable", sent(example, "path"));
        return url;
    }

    private static ArrayNode sent(Example example, String place) {
        var sent = JSON.arrayNode();
        for (var parameter : example.operation().definition().path("parameters")) {
            var name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals(place)
                    && example.parameters().containsKey(name)) {
                sent.add(variable(name, example.parameters().get(name)));
            }
        }
        return sent;
    }
}
