package io.orderflow.e2e.edge;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.e2e.edge.BareSocket.Reply;
import io.orderflow.e2e.openapi.OpenApi;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Shop.Sku;
import io.orderflow.e2e.shop.Site;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The table of bad requests, R1 to R42, against the running app on a bare socket. The rows that are one request each
 * are data; those that need an application set up for them are told below, the others in {@link ToldBadInputTest}.
 */
class BadInputTest {

    /** Where the rest of the table is. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "R33", "AuthorizationTest",
            "R34", "AuthorizationTest",
            "R35", "AuthorizationTest",
            "R36", "AuthorizationTest");

    /** Those that are only told: R32 and R42 here, the others in {@link ToldBadInputTest}. */
    private static final Set<String> TOLD = Set.of("R22", "R23", "R24", "R25", "R26", "R32", "R42");

    private static final OpenApi API = OpenApi.committed();

    private static Shop shop;
    private static BareSocket wire;
    private static Sku mug;
    private static UUID foreign;

    @BeforeAll
    static void open() {
        shop = Shop.at(
                Site.fresh(),
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
            if (row.isRefused()) {
                tellsNothing(row, reply, softly);
            } else if (reply.status() == 202) {
                accepted.add(reply.order().toString());
            }
            softly.assertThat(API.mistakes(
                            row.method(), onThisPort(row.path()), reply.status(), reply.headers(), reply.body()))
                    .as(row + " beside the OpenAPI document")
                    .isEmpty();
        }

        long refused = rows.stream().filter(BadInput::isRefused).count();
        shop.comesToRest();
        long taken = rows.stream().filter(row -> row.expected()[0] == 202).count();
        softly.assertThat(orders() - ordersBefore).as("orders").isEqualTo(taken);
        softly.assertThat(shop.journal().all().stream().skip(said))
                .as("events of what was refused")
                .allMatch(entry -> accepted.contains(entry.key()));
        softly.assertThat(shop.site().mailbox().to("eve@example.org"))
                .as("mails to somebody else")
                .isEmpty();
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
        softly.assertThat(reply.json().path("status").asInt())
                .as(row.toString())
                .isEqualTo(reply.status());
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

        var reply = wire.place(
                "dear", "k", BadInput.ORDER.replace("{sku}", "zq-dear").replace(":1}", ":10000}"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    }

    /** R14. */
    @Test
    void aNameIsStoredInOneForm() {
        var name = "Zoe\u0308 " + UUID.randomUUID();

        var reply = wire.place("nfd", "k", good().replace("Zq Echo", name));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(shop.journal().withContactOf(reply.order()))
                .as("names in events that all may read")
                .noneMatch(entry -> entry.topic().equals("order_events")
                        && entry.body().toString().contains("Zoe"));
        await().untilAsserted(() -> assertThat(shop.journal().all().stream()
                        .filter(entry -> entry.topic().equals("order_contacts") && entry.body() != null)
                        .map(entry -> entry.body().toString()))
                .anyMatch(text -> text.contains(Normalizer.normalize(name, Normalizer.Form.NFC))));
    }

    /** R32: connections that are idle, or of which a part of the headers has come, are in nobody's way, and are cut. */
    @Test
    void idleConnectionsHinderNobodyAndAreCut() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 2_000; i++) {
                var socket = socket();
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /orders HTTP/1.1\r\nHost: sh".getBytes(US_ASCII));
                }
                idle.add(socket);
            }
            assertThat(wire.get("awake", "/orders").status()).isEqualTo(200);
            assertThat(idle.getLast().getInputStream().read()).isEqualTo(-1);
        } finally {
            for (var socket : idle) {
                socket.close();
            }
        }
    }

    /** R10: it is refused while it still comes, and after a while nobody listens any more. */
    @Test
    void aBodyWithoutEndIsCut() throws IOException {
        try (var socket = socket()) {
            var out = socket.getOutputStream();
            out.write(
                    "POST /orders HTTP/1.1\r\nHost: shop\r\nX-Customer-Id: endless\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(US_ASCII));
            var chunk = ("4000\r\n" + " ".repeat(16 * 1024) + "\r\n").getBytes(US_ASCII);
            for (int i = 0; i < 5; i++) {
                out.write(chunk);
            }
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4_000; i++) {
                            out.write(chunk);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    private static Socket socket() throws IOException {
        var socket = new Socket(
                shop.instance().address().getHost(), shop.instance().address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** R42: too many of one caller. */
    @Test
    void aCallerWhoIsTooFastIsToldWhenToComeBack() {
        long before = orders();
        int accepted = 0;
        var reply = wire.place("burst", "0", good());
        while (reply.status() == 202 && accepted < 200) {
            accepted++;
            reply = wire.place("burst", String.valueOf(accepted), good());
        }

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(API.mistakes("POST", "/orders", 429, reply.headers(), reply.body()))
                .isEmpty();
        assertThat(wire.get("burst", "/orders").status()).isEqualTo(200);
        assertThat(wire.place("calm", "k", good()).status()).isEqualTo(202);
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
                        wire.place("full-" + UUID.randomUUID(), "k", good()).status())
                .isEqualTo(503));
        long before = orders();

        var reply = wire.place("full", "full", good());

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(API.mistakes("POST", "/orders", 503, reply.headers(), reply.body()))
                .isEmpty();
        assertThat(wire.get("full", "/orders").status()).isEqualTo(200);
        assertThat(orders()).as("orders of those who were refused").isEqualTo(before);
        shop.asSuperuser(
                "delete from orders.outbox where sequence = 99; delete from orders.lease where name = 'sweeper'");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        wire.place("full-" + UUID.randomUUID(), "k", good()).status())
                .isEqualTo(202));
    }

    private static String good() {
        return BadInput.ORDER.replace("{sku}", mug.name());
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
