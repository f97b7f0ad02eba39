package io.orderflow.provider;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The provider as others see it: HTTP as {@code docs/payment-provider.yaml} has it, on the loopback interface, with a
 * database of its own. A call that shall never be answered is held until its caller has gone.
 */
public final class ProviderServer implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/v1/(charges|refunds)/([A-Za-z0-9-]{1,64})(/void)?");
    private static final int MOST_BYTES = 16 * 1024;
    private static final Duration HELD = Duration.ofSeconds(60);

    private final Simulator simulator;
    private final byte[] authorization;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Serves at once.
     *
     * @param port 0 for any
     * @param filters what sees each call and its answer, in this order
     */
    public ProviderServer(
            int port, DataSource database, String apiKey, Duration slow, Faults faults, Filter... filters) {
        this.simulator = new Simulator(new Books(database).open(), slow, faults);
        this.authorization = ("Bearer " + apiKey).getBytes(StandardCharsets.UTF_8);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
        var context = server.createContext("/", this::serve);
        context.getFilters().addAll(Arrays.asList(filters));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * A provider as a process of its own: {@code --port=9990 --database=jdbc:postgresql://... --user=provider
     * --api-key-file=... --faults=time-out-after-charge=10 --seed=1}. It runs until it is stopped.
     */
    public static void main(String... arguments) throws IOException {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(option(arguments, "database", null));
        pool.setUsername(option(arguments, "user", "provider"));
        pool.setMaximumPoolSize(16);
        var key = Files.readString(Path.of(option(arguments, "api-key-file", null)))
                .strip();
        var faults = Faults.of(option(arguments, "faults", ""), Long.parseLong(option(arguments, "seed", "1")));
        var server = new ProviderServer(
                Integer.parseInt(option(arguments, "port", "9990")), pool, key, Simulator.SLOW, faults);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close"));
        System.out.println("ready: " + server.address());
    }

    private static String option(String[] arguments, String name, String otherwise) {
        var prefix = "--" + name + "=";
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(prefix))
                .map(argument -> argument.substring(prefix.length()))
                .findFirst()
                .or(() -> Optional.ofNullable(otherwise))
                .orElseThrow(() -> new IllegalArgumentException(prefix + " is missing (expected: " + prefix + "...)"));
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
    }

    /** How it behaves, to be changed while it runs. */
    public Simulator simulator() {
        return simulator;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isKnown(exchange)) {
                ProviderJson.problem(exchange, 401, "unauthorized", "Unknown caller");
                return;
            }
            var path = PATH.matcher(exchange.getRequestURI().getRawPath());
            if (!path.matches() || exchange.getRequestURI().getRawQuery() != null) {
                ProviderJson.problem(exchange, 404, "not-found", "No such path");
                return;
            }
            var operation = exchange.getRequestMethod() + " " + path.group(1) + (path.group(3) == null ? "" : " void");
            answer(exchange, operation, path.group(2));
        }
    }

    private boolean isKnown(HttpExchange exchange) {
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange, String operation, String key) throws IOException {
        try {
            switch (operation) {
                case "PUT charges" -> {
                    var asked = ProviderJson.chargeRequest(body(exchange));
                    give(exchange, simulator.charge(key, asked.amount(), asked.token()));
                }
                case "POST charges void" -> give(exchange, simulator.fence(key));
                case "PUT refunds" -> {
                    var asked = ProviderJson.refundRequest(body(exchange));
                    give(exchange, simulator.refund(key, asked.charge(), asked.amount()));
                }
                case "GET charges" ->
                    look(exchange, simulator.books().charge(key).map(charge -> ProviderJson.json(charge)));
                case "GET refunds" ->
                    look(exchange, simulator.books().refund(key).map(charge -> ProviderJson.json(charge)));
                default -> ProviderJson.problem(exchange, 405, "method-not-allowed", "Not with this method");
            }
        } catch (ProviderJson.NotUnderstood e) {
            ProviderJson.problem(exchange, e.status(), e.type(), e.getMessage());
        } catch (KeyReused e) {
            ProviderJson.problem(exchange, 409, "key-reused", "The key was used for something else");
        } catch (Books.Unwritable e) {
            ProviderJson.problem(exchange, 503, "unavailable", "Not now");
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new ProviderJson.NotUnderstood(415, "unsupported-media-type", "JSON only");
        }
        var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ProviderJson.NotUnderstood(413, "too-large", "Too large");
        }
        return body;
    }

    private static void look(HttpExchange exchange, Optional<byte[]> found) throws IOException {
        if (found.isPresent()) {
            ProviderJson.json(exchange, found.get());
        } else {
            ProviderJson.problem(exchange, 404, "not-found", "No such key");
        }
    }

    private void give(HttpExchange exchange, Response<?> reply) throws IOException {
        switch (reply.manner()) {
            case PROPERLY -> ProviderJson.json(exchange, ProviderJson.json(reply.answer()));
            case TWICE -> ProviderJson.json(exchange, twice(ProviderJson.json(reply.answer())));
            case GARBLED -> ProviderJson.json(exchange, half(ProviderJson.json(reply.answer())));
            case UNAVAILABLE -> ProviderJson.problem(exchange, 503, "unavailable", "Not now");
            case NEVER -> hold();
        }
    }

    private static byte[] twice(byte[] answer) {
        var both = Arrays.copyOf(answer, answer.length * 2);
        System.arraycopy(answer, 0, both, answer.length, answer.length);
        return both;
    }

    private static byte[] half(byte[] answer) {
        return Arrays.copyOf(answer, answer.length / 2);
    }

    private void hold() {
        try {
            stopped.await(HELD.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
