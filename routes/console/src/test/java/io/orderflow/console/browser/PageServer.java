package io.orderflow.console.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderflow.http.StaticFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.core.io.ClassPathResource;

/**
 * Stands in for console's operators' port, so that a test says what the page is told: its files as they are, for calls
 * the examples of the operators' document or what the test puts in their place, and a stream that tells what the test
 * tells. It remembers what was asked.
 */
final class PageServer implements AutoCloseable {

    /** A call that changes nothing has no body. */
    record Asked(String method, String path, String query, String token, String lastId, String body) {}

    /** An answer in JSON. */
    record Answered(int status, String body) {}

    private static final Path DOCUMENT = Path.of("../app/src/main/resources/openapi-ops.json");
    private static final Map<String, String> MEDIA_TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode paths;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answered> answers = new ConcurrentHashMap<>();
    private BlockingQueue<String> listener = new LinkedBlockingQueue<>();
    private String newest = "";
    private volatile String token;

    PageServer() throws IOException {
        paths = JSON.readTree(DOCUMENT.toFile()).path("paths");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/ops", this::handle);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/ops/console";
    }

    /** From now on nobody is answered who does not send this token. */
    void ask(String expected) {
        token = expected;
    }

    /** @param call a method and a path below {@code /ops}, that of a role's own call without the way through console */
    void put(String call, int status, String body) {
        answers.put(call, new Answered(status, body));
    }

    /** What the document gives for an example of reading it. */
    String example(String path) {
        return example(new Asked("GET", path, "", null, null, ""), path)
                .orElseThrow()
                .body();
    }

    /** A file beside this class. */
    static String text(String name) throws IOException {
        return new ClassPathResource(name, PageServer.class).getContentAsString(StandardCharsets.UTF_8);
    }

    /** Tells it to who listens, and to those who come before something else is told; an empty text ends the stream. */
    synchronized void tell(String text) {
        newest = text;
        listener.add(text);
    }

    /** One is told at a time, the last who came. */
    private synchronized BlockingQueue<String> listener() {
        listener.add("");
        listener = new LinkedBlockingQueue<>();
        if (!newest.isEmpty()) {
            listener.add(newest);
        }
        return listener;
    }

    List<Asked> asked(String method, String path) {
        return asked.stream()
                .filter(one -> one.method().equals(method) && one.path().equals(path))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring("/ops".length());
            var file = file(path);
            if (file.isPresent()) {
                var kind = file.get().getFilename().replaceFirst(".*\\.", "");
                exchange.getResponseHeaders().set("Content-Security-Policy", StaticFiles.POLICY);
                answer(exchange, 200, MEDIA_TYPES.get(kind), file.get().getContentAsByteArray());
            } else {
                call(exchange, path);
            }
        }
    }

    private static Optional<ClassPathResource> file(String path) {
        var name = path.equals("/console") ? "index.html" : path.replaceFirst("/console/", "");
        return Optional.of(new ClassPathResource("io/orderflow/console/page/" + name))
                .filter(file -> !name.contains("/") && file.exists());
    }

    private void call(HttpExchange exchange, String path) throws IOException {
        var call = new Asked(
                exchange.getRequestMethod(),
                path,
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Last-Event-ID"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(call);
        if (token != null && !("Bearer " + token).equals(call.token())) {
            answer(
                    exchange,
                    new Answered(401, "{\"title\": \"The caller is not known\", \"detail\": \"no good token\"}"));
        } else if (path.equals("/console/stream")) {
            stream(exchange);
        } else {
            answer(exchange, answered(call));
        }
    }

    private Answered answered(Asked call) {
        var path = call.path().replaceFirst("^/console/roles/[a-z]+", "");
        var put = answers.get(call.method() + " " + path);
        return put != null ? put : example(call, "/ops" + path).orElse(new Answered(404, "{\"title\": \"None\"}"));
    }

    /** What the document gives for an example; of a dry run that of one. */
    private Optional<Answered> example(Asked call, String path) {
        var responses = paths.propertyStream()
                .filter(one -> path.matches(one.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .min(Comparator.comparing(one -> one.getKey().indexOf('{')))
                .map(one -> one.getValue().path(call.method().toLowerCase()).path("responses"));
        var good = responses.stream()
                .flatMap(JsonNode::propertyStream)
                .filter(one -> one.getKey().startsWith("2"))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        var chosen = call.query().contains("dry_run=true")
                ? good.stream().findFirst()
                : good.stream().reduce((a, b) -> b);
        return chosen.map(one -> new Answered(
                Integer.parseInt(one.getKey()),
                one.getValue()
                        .at("/content/application~1json/examples")
                        .elements()
                        .next()
                        .path("value")
                        .toString()));
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            var told = listener();
            for (var text = told.take(); !text.isEmpty(); text = told.take()) {
                body.write(text.getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, Answered answered) throws IOException {
        answer(exchange, answered.status(), "application/json", answered.body().getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
