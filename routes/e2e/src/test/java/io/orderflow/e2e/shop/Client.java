package io.orderflow.e2e.shop;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A customer's browser: plain HTTP and JSON. */
public final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI address;
    private final String[] headers;

    /** @param headers names and values in turn, of every request */
    public Client(URI address, String... headers) {
        this.address = address;
        this.headers = headers;
    }

    public RestAnswer get(String path) {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    public RestAnswer put(String path, String json) {
        return send(
                HttpRequest.newBuilder().PUT(BodyPublishers.ofString(json)).header("Content-Type", "application/json"),
                path);
    }

    public RestAnswer post(String path, String key, String json) {
        return send(
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key),
                path);
    }

    public RestAnswer post(String path) {
        return send(HttpRequest.newBuilder().POST(BodyPublishers.noBody()), path);
    }

    private RestAnswer send(HttpRequest.Builder request, String path) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            var response = HTTP.send(
                    request.uri(address.resolve(path))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofByteArray());
            return new RestAnswer(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(null),
                    JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
