package io.orderflow.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What {@code helm test} runs, from the same image as the services: places one order over HTTP, as a customer does,
 * tells its steps as they happen, and waits until it has ended and is settled. It starts none of the services.
 *
 * <p>Arguments: {@code --place-test-order --orders=URL}, and where somebody asks who calls {@code --token-file=} and
 * {@code --sku=}; else it makes itself an article, of which there is none, so that the order is called off.
 * {@code --payment-token=} decides what the provider does, {@code --within=} the seconds to wait. Each {@code --next=}
 * is told at the end, with the order's id for {@code ORDER}: where to look for more.
 */
final class TestOrder {

    private static final String ASKED_FOR = "--place-test-order";
    private static final String OWN_SKU = "helm-test";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String[] arguments;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private TestOrder(String... arguments) {
        this.arguments = arguments;
    }

    static boolean isAskedFor(String... arguments) {
        return Arrays.asList(arguments).contains(ASKED_FOR);
    }

    /** Says on standard output what it does; 0 if the order came to its end, else 1. */
    static int run(String... arguments) {
        try {
            return new TestOrder(arguments).place() ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            System.out.println("failed: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private boolean place() throws IOException, InterruptedException {
        var orders = required("orders");
        var sku = option("sku", OWN_SKU);
        if (sku.equals(OWN_SKU)) {
            send("PUT", orders + "/products/" + sku, """
                    {"name":"Test of the installation","prices":{"EUR":1}}""");
        }
        System.out.println("article: " + sku + (sku.equals(OWN_SKU) ? ", of which there is none" : ""));
        var accepted = send("POST", orders + "/orders", """
                {"currency":"EUR","customer":{"name":"Test","email":"test@example.com"},
                 "lines":[{"sku":"%s","quantity":1}],"payment":{"token":"%s"}}""".formatted(sku, option("payment-token", "tok_declined")));
        var order = accepted.path("id").asText();
        System.out.println("accepted: order " + order);
        boolean ended = ends(orders + "/orders/" + order);
        options("next").forEach(next -> System.out.println("look next: " + next.replace("ORDER", order)));
        return ended;
    }

    private boolean ends(String order) throws IOException, InterruptedException {
        long deadline = System.nanoTime()
                + Duration.ofSeconds(Long.parseLong(option("within", "120"))).toNanos();
        var pause = new CountDownLatch(1);
        int told = 0;
        while (System.nanoTime() - deadline < 0) {
            var now = send("GET", order, null);
            told = tell(now.path("history"), told);
            if (now.path("settled").asBoolean()) {
                System.out.println("ended: " + now.path("status").asText() + " "
                        + now.path("reason").asText("") + ", payment "
                        + now.path("payment_status").asText());
                return true;
            }
            pause.await(500, TimeUnit.MILLISECONDS);
        }
        System.out.println("not ended within " + option("within", "120") + " s: " + send("GET", order, null));
        return false;
    }

    /** Those steps that are new, and answers how many there are. */
    private static int tell(JsonNode steps, int told) {
        for (int i = told; i < steps.size(); i++) {
            var step = steps.get(i);
            System.out.println("  " + step.path("at").asText() + "  "
                    + step.path("event").asText() + ": " + step.path("status").asText());
        }
        return steps.size();
    }

    private JsonNode send(String method, String address, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        var token = option("token-file", "");
        if (!token.isEmpty()) {
            request.header(
                    "Authorization",
                    "Bearer " + Files.readString(Path.of(token)).strip());
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + address + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private String required(String name) {
        var value = option(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("--" + name + ": missing (expected: with " + ASKED_FOR + ")");
        }
        return value;
    }

    private String option(String name, String otherwise) {
        return options(name).stream().findFirst().orElse(otherwise);
    }

    private List<String> options(String name) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("--" + name + "="))
                .map(argument -> argument.substring(name.length() + 3))
                .toList();
    }
}
