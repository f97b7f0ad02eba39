package io.orderflow.e2e.edge;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.e2e.edge.BareSocket.Reply;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Shop.Sku;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rows of the table of bad requests that one request and its answer do not tell; the others are in
 * {@link BadInputTest}.
 */
class ToldBadInputTest {

    /**
     * As headers and as query parameters, R26: what steers components of Camel, and what would come back as a header of
     * the answer.
     */
    private static final List<String> STEERING = List.of(
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
            "Content-Encoding");

    private static final long NANOS_OF_A_REFUSAL = 50_000_000;

    private static Shop shop;
    private static BareSocket wire;
    private static Sku mug;

    @BeforeAll
    static void open() {
        shop = Shop.withEveryRole();
        wire = new BareSocket(shop.instance().address());
        mug = shop.stocks(1000);
    }

    /** R9: the best of a few, for others use this machine, too. */
    @Test
    @Tag("campaign")
    void nestingIsRefusedAtOnce() {
        for (int depth : List.of(33, 1_000, 30_000, 100_000)) {
            var body = "{\"a\":" + "[".repeat(depth);
            var status = depth == 100_000 ? 413 : 400;

            long least = fastest(10, () -> wire.place("deep", "k", body), status);

            assertThat(least).as("ns for a nesting of " + depth).isLessThan(NANOS_OF_A_REFUSAL);
        }
    }

    private static long fastest(int tries, Supplier<Reply> request, int status) {
        return times(tries, request, status)[0];
    }

    /** How long each took, sorted. */
    private static long[] times(int tries, Supplier<Reply> request, int status) {
        return IntStream.range(0, tries)
                .mapToLong(i -> {
                    long start = System.nanoTime();
                    assertThat(request.get().status()).isEqualTo(status);
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
    }

    /** R19. */
    @Test
    void anOrderOfSomebodyElseLooksLikeNone() {
        var foreign = shop.places(anOrder().of(1, mug));
        var others = wire.get("eve", "/orders/" + foreign);
        var nobodys = wire.get("eve", "/orders/" + UUID.randomUUID());

        assertThat(others.status()).isEqualTo(404);
        assertThat(others.text()).isEqualTo(nobodys.text());
        assertThat(others.headers().map().keySet())
                .isEqualTo(nobodys.headers().map().keySet());
    }

    /**
     * R19: both answers take a look at one row or none; nobody learns from the clock which. Asked in turn, so that a
     * busy machine is as busy for both.
     */
    @Test
    @Tag("campaign")
    void anOrderOfSomebodyElseTakesAsLongAsNone() {
        var foreign = shop.places(anOrder().of(1, mug));
        var others = new long[40];
        var nobodys = new long[40];

        for (int i = 0; i < others.length; i++) {
            others[i] = times(1, () -> wire.get("eve", "/orders/" + foreign), 404)[0];
            nobodys[i] = times(1, () -> wire.get("eve", "/orders/" + UUID.randomUUID()), 404)[0];
        }

        assertThat((double) median(others) / median(nobodys))
                .as("ratio of the medians")
                .isBetween(0.5, 2.0);
    }

    private static long median(long[] times) {
        return Arrays.stream(times).sorted().toArray()[times.length / 2];
    }

    /** R20. */
    @Test
    void aCursorIsGoodForTheOneWhoGotIt() {
        shop.stocks(1);
        var cursor = wire.get("ann", "/products?limit=1").json().path("next").asText();
        var forged = (cursor.charAt(0) == 'A' ? 'B' : 'A') + cursor.substring(1);

        assertThat(wire.get("ann", "/products?limit=1&after=" + cursor).status())
                .isEqualTo(200);
        assertThat(wire.get("ben", "/products?limit=1&after=" + cursor).status())
                .isEqualTo(400);
        assertThat(wire.get("ann", "/stock?limit=1&after=" + cursor).status()).isEqualTo(400);
        assertThat(wire.get("ann", "/products?limit=1&after=" + forged).status())
                .isEqualTo(400);
    }

    /** R20: how a cursor is sealed is no secret. */
    @Test
    void aCursorThatSomebodyMadeIsRefused() throws Exception {
        for (var path : List.of("/orders", "/products", "/stock")) {
            for (var key : List.of("x", "\0", "\n", "1 or 1", "x".repeat(500))) {
                assertThat(wire.get("ann", path + "?after=" + sealed("ann " + path, key))
                                .status())
                        .as(path + " after " + key)
                        .isEqualTo(key.equals("x") && !path.equals("/orders") ? 200 : 400);
            }
        }
    }

    private static String sealed(String scope, String key) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeUTF(key);
        var seal = MessageDigest.getInstance("SHA-256").digest((scope + "\n" + key).getBytes(StandardCharsets.UTF_8));
        out.write(seal, 0, 8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** R22, R24, R25. */
    @Test
    void aKeyStandsForOneRequestOfOneCaller() {
        var first = wire.place("ann", "same", good());
        var again = wire.place("ann", "same", good());
        var other = wire.place("ann", "same", good().replace(":1}", ":2}"));
        var stranger = wire.place("ben", "same", good());

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text()).contains("urn:orderflow:problem:idempotency-key-reused");
        assertThat(stranger.status()).isEqualTo(202);
        assertThat(stranger.order()).isNotEqualTo(first.order());
    }

    /** R23. */
    @Test
    void fiftyAtOnceAreOneOrder() throws Exception {
        long before = orders();

        var replies = atOnce(50, () -> wire.place("fifty", "k", good()));

        assertThat(replies).extracting(Reply::status).containsOnly(202);
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(orders() - before).isEqualTo(1);
    }

    private static List<Reply> atOnce(int count, Callable<Reply> request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = new ArrayList<Reply>();
            for (var reply : threads.invokeAll(
                    IntStream.range(0, count).mapToObj(i -> request).toList())) {
                replies.add(reply.get());
            }
            return replies;
        }
    }

    /** R26: neither the order, nor its events and its mail, nor the answer knows of them. */
    @Test
    void aNameThatSteersComponentsSteersNothing() {
        var softly = new SoftAssertions();
        var plain = wire.place("plain", "plain", good());
        List<UUID> orders = new ArrayList<>();
        Map<String, Integer> mails = new LinkedHashMap<>();

        for (var name : STEERING) {
            var caller = "spoof-" + mails.size()
                    + name.toLowerCase().replace(".", "-").replace("_", "-");
            var order = good().replace("zq-echo", caller);
            List<Reply> replies = new ArrayList<>();
            var asked = wire.send("POST /orders?" + name + "=spoofed", caller, "Idempotency-Key: q", order);
            softly.assertThat(asked.status()).as(name + asked.text()).isEqualTo(400);
            softly.assertThat(asked.headers().map() + asked.text()).as(name).doesNotContain("spoofed");
            if (!name.equals("Content-Encoding")) {
                replies.add(wire.send("POST /orders", caller, "Idempotency-Key: h\n" + name + ": spoofed", order));
            }
            for (var reply : replies) {
                softly.assertThat(reply.status()).as(name + reply.text()).isEqualTo(202);
                softly.assertThat(reply.headers().map().keySet())
                        .as(name)
                        .isEqualTo(plain.headers().map().keySet());
                softly.assertThat(reply.headers().map() + reply.text()).as(name).doesNotContain("spoofed");
                softly.assertThat(reply.header("Location")).as(name).isEqualTo("/orders/" + reply.order());
                orders.add(reply.order());
            }
            mails.put(caller + "@example.org", replies.size());
        }

        softly.assertAll();
        mails.forEach((address, count) -> await().atMost(Shop.PATIENCE)
                .untilAsserted(() -> assertThat(shop.site().mailbox().to(address))
                        .hasSize(count)
                        .noneMatch(mail -> mail.subject().contains("spoofed"))));
        for (var order : orders) {
            assertThat(shop.saidOf(order)).contains("OrderCreated");
            assertThat(shop.journal().of(order)).noneMatch(entry -> {
                var headers = new ArrayList<String>();
                entry.headers()
                        .forEach(header ->
                                headers.add(header.key() + new String(header.value(), StandardCharsets.UTF_8)));
                return headers.toString().contains("spoofed");
            });
        }
    }

    /** R27: the answer names no host that a sender made up. */
    @Test
    void nobodyForwardsForAnybody() {
        var reply = wire.send(
                "POST /orders",
                "forwarded",
                "Idempotency-Key: k\nX-Forwarded-Host: spoofed.example\nX-Forwarded-Proto: https\nX-Forwarded-For: 192.0.2.7\n"
                        + "X-Forwarded-Prefix: /spoofed\nForwarded: host=spoofed.example\nX-HTTP-Method-Override: DELETE\n"
                        + "X-Original-URL: /ops/spoofed",
                good());

        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        assertThat(reply.header("Location")).isEqualTo("/orders/" + reply.order());
        assertThat(reply.headers().map() + reply.text()).doesNotContain("spoofed");
        var elsewhere = wire.send(
                ("GET /orders HTTP/1.1\r\nHost: spoofed.example\r\nX-Customer-Id: forwarded\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(elsewhere.status()).isEqualTo(200);
        assertThat(elsewhere.headers().map() + elsewhere.text()).doesNotContain("spoofed");
    }

    /** R31: of two lengths one counts, and what one reader would take for a second request is none for the other. */
    @Test
    void nothingIsSmuggledBetweenTwoLengths() {
        var hidden = "GET /orders HTTP/1.1\r\nHost: shop\r\nX-Customer-Id: smuggled\r\n\r\n";
        var body = Integer.toHexString(good().length()) + "\r\n" + good() + "\r\n0\r\n\r\n" + hidden;

        var reply =
                wire.send(("POST /orders HTTP/1.1\r\nHost: shop\r\nX-Customer-Id: smuggler\r\nIdempotency-Key: k\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length()
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));

        assertThat(reply.status()).as(reply.text()).isIn(202, 400);
        assertThat(reply.more()).as("bytes of a second answer").isZero();
    }

    /** R37: the goods came once, however often that is told, and a key tells of nothing else. */
    @Test
    void aDeliveryThatIsReportedTwiceCameOnce() throws Exception {
        var sku = shop.stocks(5);

        var replies = atOnce(8, () -> deliver(sku, "k", 7));

        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(deliver(sku, "k", 7).text()).isEqualTo(replies.getFirst().text());
        assertThat(deliver(sku, "k", 8).status()).isEqualTo(422);
        assertThat(shop.shelf(sku)).isEqualTo("on_hand 12, reserved 0, sold 0");
    }

    private static Reply deliver(Sku sku, String key, int quantity) {
        return wire.send(
                "POST /stock/" + sku.name() + "/deliveries",
                "warehouse",
                "Idempotency-Key: " + key,
                "{\"quantity\":" + quantity + "}");
    }

    /** R38. */
    @Test
    void anOrderThatIsFinalIsNotCalledOff() {
        var order = wire.place("cara", "final", good()).order();
        await().atMost(Shop.PATIENCE).until(() -> wire.get("cara", "/orders/" + order)
                .json()
                .path("settled")
                .asBoolean());

        assertThat(cancel("cara", order).status()).isEqualTo(409);
    }

    /** R38: its provider takes its time, so that the order still waits for the money. */
    @Test
    void anOrderThatIsCalledOffManyTimesAtOnceIsUndoneOnce() throws Exception {
        var sku = shop.stocks(5);
        var order = wire.place("dora", "slow", good(sku).replace("tok_visa", "tok_slow"))
                .order();

        var replies = atOnce(8, () -> cancel("dora", order));

        assertThat(replies).extracting(Reply::status).containsOnly(202);
        await().atMost(Shop.PATIENCE).until(() -> wire.get("dora", "/orders/" + order)
                .json()
                .path("settled")
                .asBoolean());
        shop.comesToRest();
        assertThat(shop.saidOf(order))
                .as(shop.journal().tell(order))
                .containsOnlyOnce("OrderCancelled", "StockReleased");
        assertThat(shop.saidOf(order))
                .filteredOn(type -> type.equals("PaymentRefunded") || type.equals("PaymentVoided"))
                .hasSize(1);
        assertThat(shop.moneyFor(order)).isZero();
        assertThat(shop.shelf(sku)).isEqualTo("on_hand 5, reserved 0, sold 0");
    }

    private static Reply cancel(String caller, UUID order) {
        return wire.send("POST /orders/" + order + "/cancellation", caller, "X: y", "");
    }

    private static String good() {
        return good(mug);
    }

    private static String good(Sku sku) {
        return BadInput.ORDER.replace("{sku}", sku.name());
    }

    private static long orders() {
        return shop.sql().queryForObject("select count(*) from orders.orders", Long.class);
    }
}
