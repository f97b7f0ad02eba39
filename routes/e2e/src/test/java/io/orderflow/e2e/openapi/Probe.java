package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.orderflow.e2e.openapi.OpenApi.Operation;
import io.orderflow.e2e.shop.Shop;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * A request that differs from a good one in one place.
 *
 * @param parameters by their names, those that are sent
 * @param body missing where none is sent
 * @param where the parameter's name, or the body member's pointer
 * @param violations of the operation's schemas, there; none if the document admits the request
 */
record Probe(
        Operation operation,
        Map<String, String> parameters,
        JsonNode body,
        String where,
        Set<ValidationMessage> violations) {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final HexFormat DIGITS = HexFormat.of().withUpperCase();

    /** As it is sent. */
    String path() {
        var path = operation.path();
        var query = new ArrayList<String>();
        for (var one : operation.definition().path("parameters")) {
            var name = one.path("name").asText();
            if (parameters.containsKey(name)) {
                switch (one.path("in").asText()) {
                    case "path" -> path = path.replace("{" + name + "}", encoded(parameters.get(name)));
                    case "query" -> query.add(name + "=" + encoded(parameters.get(name)));
                    default -> {
                        // A header, below.
                    }
                }
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(one) >= 0) {
                encoded.append((char) one);
            } else {
                encoded.append('%').append(DIGITS.toHexDigits(one));
            }
        }
        return encoded.toString();
    }

    HttpRequest to(URI port) {
        var request = HttpRequest.newBuilder(URI.create(port + path())).timeout(Shop.PATIENCE);
        for (var one : operation.definition().path("parameters")) {
            var name = one.path("name").asText();
            if (one.path("in").asText().equals("header") && parameters.containsKey(name)) {
                request.header(name, parameters.get(name));
            }
        }
        if (!body.isMissingNode()) {
            request.header("Content-Type", "application/json");
        }
        return request.method(
                        operation.method(),
                        body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
    }

    /** Without what is the same as in the good one. */
    @Override
    public String toString() {
        return operation + " with another " + where + ": " + path() + " "
                + parameters.getOrDefault("Idempotency-Key", "") + " " + body;
    }
}
