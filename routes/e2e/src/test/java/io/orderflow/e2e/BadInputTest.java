package io.orderflow.e2e;

import static io.orderflow.e2e.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.e2e.BareSocket.Reply;
import io.orderflow.e2e.Shop.Sku;
import java.io.IOException;
import java.net.Socket;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of bad requests, R1 to R42, against the running app on a bare socket. The rows that are one request each are data; the others are told below. */
class BadInputTest {

    /** Where the rest of the table is. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "R33", "AuthorizationTest",
            "R34", "AuthorizationTest",
            "R35", "AuthorizationTest",
            "R36", "AuthorizationTest");

    /** Those that are told in a test of their own. */
    private static final Set<String> TOLD = Set.of("R22", "R23", "R24", "R25", "R26", "R32", "R42");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApi API = OpenApi.committed();

    private static Shop shop;
    private static BareSocket wire;
    private static Sku mug;
    private static UUID foreign;

    @BeforeAll
    static void open() {
        shop = Shop.at(
                Place.fresh(),
                "--orderflow.http.body-deadline=1s",
                "--orderflow.http.header-timeout=2s",
                "--orderflow.http.requests-per-second=1",
                "--orderflow.http.burst=80",
                "--orderflow.http.intake-max-age=5s");
        wire = new BareSocket(shop.instance().address());
        mug = shop.stocks(1000);
        foreign = shop.places(anOrder().of(1, mug));
        shop.eventually(foreign).isSettled();
        shop.comesToRest();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static List<BadInput> table() {
        return Stream.of(BadBodies.rows(), BadRequests.rows())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void everyRowIsAnsweredAsTheTableSays() {
        var rows = table();
        var softly = new SoftAssertions();
        shop.comesToRest();
        long ordersBefore = orders();
        double refusedBefore = refusals();
        int said = shop.journal().all().size();
        Set<String> accepted = new HashSet<>(Set.of(foreign.toString()));

        for (var row : rows) {
            var reply = wire.send(row.bytes("r-" + UUID.randomUUID(), mug.name(), foreign));
            softly.assertThat(reply.status())
                    .as(row + " " + reply.text())
                    .isIn(IntStream.of(row.expected()).boxed().toArray());
            if (!row.isRefused()) {
                accepted.add(json(reply).path("id").asText());
            } else {
                tellsNothing(row, reply, softly);
            }
            softly.assertThat(API.mistakes(
                            row.method(), onThisPort(row.path()), reply.status(), reply.headers(), reply.body()))
                    .as(row + " beside the OpenAPI document")
                    .isEmpty();
        }

        long refused = rows.stream().filter(BadInput::isRefused).count();
        shop.comesToRest();
        softly.assertThat(orders() - ordersBefore).as("orders").isEqualTo(rows.size() - refused);
        softly.assertThat(shop.journal().all().stream().skip(said))
                .as("events of what was refused")
                .allMatch(entry -> accepted.contains(entry.key()));
        await().untilAsserted(() -> assertThat(refusals() - refusedBefore).isEqualTo(refused));
        softly.assertAll();
        System.out.printf("R-table: %d cases%n", rows.size());
    }

    /** Operators' paths are on a port of their own, and none on this one. */
    private static String onThisPort(String path) {
        return path.startsWith("/ops") ? "/nowhere" : path;
    }

    private static void tellsNothing(BadInput row, Reply reply, SoftAssertions softly) {
        softly.assertThat(reply.header("Content-Type")).as(row.toString()).startsWith("application/problem+json");
        softly.assertThat(json(reply).path("status").asInt()).as(row.toString()).isEqualTo(reply.status());
        softly.assertThat(reply.text().toLowerCase(Locale.ROOT))
                .as(row.toString())
                .doesNotContain(
                        "exception", "java.", "org.", "io.orderflow", "tomcat", "jackson", "camel", BadInput.ECHO);
    }

    @Test
    void everyNumberOfTheTableHasItsCases() {
        var numbers = Stream.of(table().stream().map(BadInput::no), TOLD.stream(), ELSEWHERE.keySet().stream())
                .flatMap(one -> one)
                .collect(Collectors.toSet());

        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 42).mapToObj(i -> "R" + i).toList());
    }

    /** R6. */
    @Test
    void aSumThatOverflowsIsRefused() {
        shop.http()
                .put("/products/zq-dear", "{\"name\":\"a\",\"prices\":{\"EUR\":9007199254740991}}")
                .expect(200);

        var reply =
                place("dear", "k", BadInput.ORDER.replace("{sku}", "zq-dear").replace(":1}", ":10000}"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    }

    /** R14. */
    @Test
    void aNameIsStoredInOneForm() {
        var name = "Zoe\u0308 " + UUID.randomUUID();

        var reply = place("nfd", "k", good().replace("Zq Echo", name));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(shop.journal()
                        .withContactOf(UUID.fromString(json(reply).path("id").asText())))
                .as("names in events that all may read")
                .noneMatch(entry -> entry.topic().equals("order_events")
                        && entry.body().toString().contains("Zoe"));
        await().untilAsserted(() -> assertThat(shop.journal().all().stream()
                        .filter(entry -> entry.topic().equals("order_contacts") && entry.body() != null)
                        .map(entry -> entry.body().toString()))
                .anyMatch(text -> text.contains(Normalizer.normalize(name, Normalizer.Form.NFC))));
    }

    /** R19. */
    @Test
    void anOrderOfSomebodyElseLooksLikeNone() {
        var others = get("eve", "/orders/" + foreign);
        var nobodys = get("eve", "/orders/" + UUID.randomUUID());

        assertThat(others.status()).isEqualTo(404);
        assertThat(others.text()).isEqualTo(nobodys.text());
        assertThat(others.headers().map().keySet())
                .isEqualTo(nobodys.headers().map().keySet());
    }

    /** R22, R24, R25. */
    @Test
    void aKeyStandsForOneRequestOfOneCaller() {
        var first = place("ann", "same", good());
        var again = place("ann", "same", good());
        var other = place("ann", "same", good().replace(":1}", ":2}"));
        var stranger = place("ben", "same", good());

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text()).contains("urn:orderflow:problem:idempotency-key-reused");
        assertThat(stranger.status()).isEqualTo(202);
        assertThat(json(stranger).path("id")).isNotEqualTo(json(first).path("id"));
    }

    /** R23. */
    @Test
    void fiftyAtOnceAreOneOrder() throws Exception {
        long before = orders();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Reply> one = () -> place("fifty", "k", good());
            var replies = new ArrayList<Reply>();
            for (var reply :
                    threads.invokeAll(IntStream.range(0, 50).mapToObj(i -> one).toList())) {
                replies.add(reply.get());
            }
            assertThat(replies).extracting(Reply::status).containsOnly(202);
            assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        }
        assertThat(orders() - before).isEqualTo(1);
    }

    /** R26: as headers and as query parameters; neither the order, nor its mail, nor the answer knows of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelBeanMethodName",
                "CAMELbeanMETHODname",
                "CamelKafkaOverrideTopic",
                "kafka.OVERRIDE_TOPIC",
                "kafka.PARTITION_KEY",
                "CamelHttpUri",
                "CamelHttpResponseCode",
                "CamelFileName",
                "CamelJpaParameters",
                "CamelEntityManager",
                "mail.smtp.host",
                "To",
                "Bcc",
                "Subject",
                "Set-Cookie",
                "Location",
                "Content-Encoding"
            })
    void aNameThatSteersComponentsSteersNothing(String name) {
        var caller = "spoof-" + UUID.randomUUID().toString().substring(0, 8);
        var plain = place(caller, "plain", good());
        var parameter = send("POST /orders?" + name + "=spoofed", caller, "Idempotency-Key: q", good());
        var replies = new ArrayList<>(List.of(parameter));
        if (!name.equals("Content-Encoding")) {
            replies.add(send("POST /orders", caller, "Idempotency-Key: h\n" + name + ": spoofed", good()));
        }

        for (var reply : replies) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(202);
            assertThat(reply.headers().map().keySet())
                    .isEqualTo(plain.headers().map().keySet());
            assertThat(reply.headers().map().toString() + reply.text()).doesNotContain("spoofed");
            var order = UUID.fromString(json(reply).path("id").asText());
            assertThat(reply.header("Location")).isEqualTo("/orders/" + order);
            shop.eventually(order)
                    .comesTrue(() -> assertThat(shop.saidOf(order)).contains("OrderCreated"));
            assertThat(shop.journal().of(order)).noneMatch(entry -> {
                var headers = new ArrayList<String>();
                entry.headers().forEach(header -> headers.add(header.key() + new String(header.value())));
                return headers.toString().contains("spoofed");
            });
        }
    }

    /** R32: idle connections are in nobody's way, and are cut. */
    @Test
    void idleConnectionsHinderNobodyAndAreCut() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                idle.add(new Socket(
                        shop.instance().address().getHost(),
                        shop.instance().address().getPort()));
            }
            assertThat(get("awake", "/orders").status()).isEqualTo(200);
            idle.getLast().setSoTimeout(20_000);
            assertThat(idle.getLast().getInputStream().read()).isEqualTo(-1);
        } finally {
            for (var socket : idle) {
                socket.close();
            }
        }
    }

    /** R38. */
    @Test
    void anOrderThatIsFinalIsNotCalledOff() {
        var late = json(place("cara", "a", good())).path("id").asText();
        await().atMost(Shop.PATIENCE)
                .until(() ->
                        json(get("cara", "/orders/" + late)).path("settled").asBoolean());
        assertThat(send("POST /orders/" + late + "/cancellation", "cara", "X: y", "")
                        .status())
                .isEqualTo(409);
    }

    /** R42: too many of one caller. */
    @Test
    void aCallerWhoIsTooFastIsToldWhenToComeBack() {
        long before = orders();
        int accepted = 0;
        var reply = place("burst", "0", good());
        while (reply.status() == 202 && accepted < 200) {
            accepted++;
            reply = place("burst", String.valueOf(accepted), good());
        }

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(API.mistakes("POST", "/orders", 429, reply.headers(), reply.body()))
                .isEmpty();
        assertThat(get("burst", "/orders").status()).isEqualTo(200);
        assertThat(place("calm", "k", good()).status()).isEqualTo(202);
        assertThat(orders() - before).isEqualTo(accepted + 1);
    }

    /** R42: too much waits for the broker. */
    @Test
    void nothingIsTakenInWhileNothingIsPassedOn() {
        shop.comesToRest();
        shop.asSuperuser("""
                update orders.lease set holder = gen_random_uuid(), until = now() + interval '1 hour' where name = 'sweeper';
                insert into orders.outbox (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at, created_at)
                values (gen_random_uuid(), 'order_events', '%s', 'OrderCreated', '{}', 99, now(), now() - interval '1 minute')""".formatted(foreign));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        place("full-" + UUID.randomUUID(), "k", good()).status())
                .isEqualTo(503));
        long before = orders();

        var reply = place("full", "full", good());

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(API.mistakes("POST", "/orders", 503, reply.headers(), reply.body()))
                .isEmpty();
        assertThat(get("full", "/orders").status()).isEqualTo(200);
        assertThat(orders()).as("orders of those who were refused").isEqualTo(before);
        shop.asSuperuser(
                "delete from orders.outbox where sequence = 99; delete from orders.lease where name = 'sweeper'");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        place("full-" + UUID.randomUUID(), "k", good()).status())
                .isEqualTo(202));
    }

    private static String good() {
        return BadInput.ORDER.replace("{sku}", mug.name());
    }

    private static Reply place(String caller, String key, String body) {
        return send("POST /orders", caller, "Idempotency-Key: " + key, body);
    }

    private static Reply get(String caller, String path) {
        return send("GET " + path, caller, "X: y", "");
    }

    private static Reply send(String line, String caller, String headers, String body) {
        var head = line + "\n" + headers + (body.isEmpty() ? "" : "\nContent-Type: application/json");
        return wire.send(BadInput.request("", "", head, body).bytes(caller, mug.name(), foreign));
    }

    private static JsonNode json(Reply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new AssertionError(reply.text(), e);
        }
    }

    private static long orders() {
        return shop.sql().queryForObject("select count(*) from orders.orders", Long.class);
    }

    private static double refusals() {
        return shop.instance().get(MeterRegistry.class).find("orderflow.http.refusals").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
