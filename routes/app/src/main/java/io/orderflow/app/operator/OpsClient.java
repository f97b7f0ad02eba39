package io.orderflow.app.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The operators' port of a process, spoken to as its OpenAPI document has it. */
final class OpsClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String IN_DOUBT = "; it may have been done";
    private static final JsonMapper JSON = new JsonMapper();

    private final URI address;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param token shown as bearer; null where nobody asks for one */
    OpsClient(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /** @throws NotDone if it is refused, or nobody answers */
    JsonNode get(String path, Map<String, String> query) {
        return send(request(path, query).GET(), "");
    }

    /** @throws NotDone if it is refused, or nobody answers, which may be after it was done */
    JsonNode post(String path, Map<String, String> query, String reason) {
        var body = JSON.createObjectNode().put("reason", reason).toString();
        return send(
                request(path, query).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)),
                IN_DOUBT);
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        var parameters = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            var request = HttpRequest.newBuilder(address.resolve(path + (parameters.isEmpty() ? "" : "?" + parameters)))
                    .timeout(PATIENCE);
            return token == null ? request : request.header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            throw new NotDone("token: wrong form (expected: one line)");
        }
    }

    /** @param doubt what is said beside it where the service has not said what came of it */
    private JsonNode send(HttpRequest.Builder request, String doubt) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new NotDone(refusal(answer, doubt));
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new NotDone(address + " answers no JSON (expected: the operators' port of a service)" + doubt);
        } catch (IOException e) {
            boolean wasAsked = !(e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
            throw new NotDone(address + " does not answer: " + e.getClass().getSimpleName()
                    + " (expected: the operators' port of a service)" + (wasAsked ? doubt : ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDone("interrupted" + doubt);
        }
    }

    /** A problem in one line; whoever stands between says it in a form of his own. */
    private static String refusal(HttpResponse<String> answer, String doubt) {
        try {
            var problem = JSON.readTree(answer.body());
            var text = new StringBuilder()
                    .append(answer.statusCode())
                    .append(' ')
                    .append(problem.path("title").asText("refused"));
            if (problem.hasNonNull("detail")) {
                text.append(": ").append(problem.path("detail").asText());
            }
            problem.path("errors").forEach(error -> text.append("; ")
                    .append(error.path("pointer").asText())
                    .append(' ')
                    .append(error.path("detail").asText()));
            return text.append(answer.statusCode() >= 500 ? doubt : "").toString();
        } catch (JsonProcessingException e) {
            return answer.statusCode() + " without a problem (expected: the operators' port of a service)" + doubt;
        }
    }
}
