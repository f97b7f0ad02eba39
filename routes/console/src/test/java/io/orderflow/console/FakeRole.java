package io.orderflow.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port that answers what a test says, and remembers what it was asked. */
final class FakeRole implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Said> answers = new ConcurrentHashMap<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    /** What it was asked. */
    record Heard(String method, String uri, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }
    }

    private record Said(int status, Map<String, String> headers, String body) {}

    FakeRole() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeRole answers(String path, int status, String mediaType, String body) {
        answers.put(path, new Said(status, Map.of("Content-Type", mediaType), body));
        return this;
    }

    FakeRole redirects(String path, String location) {
        answers.put(path, new Said(302, Map.of("Location", location), ""));
        return this;
    }

    List<Heard> heard() {
        return heard;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(new Heard(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body));
            var said = answers.getOrDefault(
                    exchange.getRequestURI().getPath(), new Said(404, Map.of("Content-Type", "text/plain"), "?"));
            said.headers().forEach(exchange.getResponseHeaders()::add);
            var bytes = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
