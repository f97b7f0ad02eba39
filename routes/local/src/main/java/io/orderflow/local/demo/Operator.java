package io.orderflow.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Who settles what is parked, as the runbook says: asks first what it would come to, and then has that done. */
final class Operator implements AutoCloseable {

    private static final Set<String> OVER = Set.of("DONE", "STOPPED");
    private static final int GOOD = 300;
    private static final long LOOK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final UnaryOperator<String> address;

    /** @param address where a path of the operators' port is */
    Operator(UnaryOperator<String> address) {
        this.address = address;
    }

    /**
     * Has a service's parked events released or given up at a pace, and answers at the end with how many these were.
     *
     * @param what a filter, as a query of {@code /ops/releases}
     */
    int settle(String service, String what, int perMinute, String reason) throws IOException, InterruptedException {
        var query = "/ops/releases?service=" + service + "&" + what;
        var plan = post(query + "&dry_run=true", reason);
        if (plan.path("matches").asInt() == 0) {
            return 0;
        }
        var before = URLEncoder.encode(plan.path("before").asText(), StandardCharsets.UTF_8);
        var made = post(
                query + "&count=" + plan.path("matches").asInt() + "&before=" + before + "&per_minute=" + perMinute,
                reason);
        var path = "/ops/releases/" + made.path("id").asText();
        var release = made;
        while (!OVER.contains(release.path("state").asText())) {
            Thread.sleep(LOOK);
            release = send(HttpRequest.newBuilder().GET(), path).path("release");
        }
        return release.path("done").asInt();
    }

    private JsonNode post(String path, String reason) throws IOException, InterruptedException {
        var body = JSON.writeValueAsString(JSON.createObjectNode().put("reason", reason));
        return send(
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json"),
                path);
    }

    private JsonNode send(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        var response =
                client.send(request.uri(URI.create(address.apply(path))).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= GOOD) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
