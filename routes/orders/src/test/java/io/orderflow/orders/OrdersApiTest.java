package io.orderflow.orders;

import static io.orderflow.orders.Told.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Line;
import io.orderflow.http.AuditedTransaction;
import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem.FieldError;
import io.orderflow.http.fixture.AuditInMemory;
import io.orderflow.http.fixture.EdgeFixture;
import jakarta.persistence.OptimisticLockException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionOperations;

class OrdersApiTest {

    private static final UUID ID = new UUID(0, 1);
    static final String GOOD = body("EUR", "Ada", "ada@example.org", "{\"sku\":\"MUG\",\"quantity\":2}", "tok_visa");

    static final OrdersChannels CHANNELS = new OrdersChannels(
            "direct:unused",
            "direct:unused",
            "mock:unused",
            "mock:unused",
            "mock:placements",
            "mock:cancellations",
            "mock:call-offs",
            "mock:unused",
            "direct:unused",
            "mock:unused",
            "direct:unused",
            "mock:erasure-wishes",
            "direct:unused",
            "direct:look-at-awaited");
    static final OrdersQueries QUERIES = new OrdersQueries(
            "mock:order",
            "mock:any-order",
            states -> "mock:orders",
            "mock:product",
            "mock:products",
            "mock:kept-product");

    static final OrderKeys NO_KEYS = (caller, key) -> Optional.empty();

    @RegisterExtension
    static final EdgeFixture HTTP = EdgeFixture.of(
            new OrdersApi(CHANNELS, QUERIES, NO_KEYS, new AwaitedOrders(new OrderStatesInMemory())),
            new CatalogueApi(
                    QUERIES, new AuditedTransaction(TransactionOperations.withoutTransaction(), new AuditInMemory())));

    @BeforeEach
    void forget() {
        List.of("placements", "cancellations", "order", "orders", "product", "products", "kept-product")
                .forEach(name -> HTTP.mock(name).reset());
    }

    @Test
    void acceptsAnOrder() {
        var asked = new AtomicReference<PlaceOrder>();
        HTTP.mock("placements").whenAnyExchangeReceived(e -> {
            asked.set(e.getMessage().getBody(PlaceOrder.class));
            e.getMessage().setBody(Placed.nothing(new Placement.Accepted(ID, TOTAL)));
        });

        var answer = HTTP.post("/orders", GOOD, "X-Customer-Id", "ada", "Idempotency-Key", "k-1");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).hasValue("/orders/" + ID);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body())
                .isEqualTo("{\"id\":\"" + ID + "\",\"status\":\"PENDING\",\"total\":{\"amount_minor\":2580,"
                        + "\"currency\":\"EUR\"},\"links\":{\"self\":\"/orders/" + ID + "\"}}");
        assertThat(asked.get().caller()).isEqualTo(new Caller("ada"));
        assertThat(asked.get().key()).isEqualTo(new IdempotencyKey("k-1"));
        assertThat(asked.get().bodyHash()).hasSize(64);
        assertThat(asked.get().id().version()).isEqualTo(7);
        assertThat(asked.get().request().lines()).containsExactly(new OrderRequest.Line("MUG", 2));
    }

    @Test
    void turnsWhatTheCatalogueRefusesIntoAProblem() {
        HTTP.mock("placements").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(Placed.nothing(
                        new Placement.Refused(List.of(new FieldError("/lines/0/sku", "is not known"))))));

        var answer = post(GOOD);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"pointer\":\"/lines/0/sku\"").contains("is not known");
    }

    @Test
    void refusesAnotherOrderUnderTheSameKey() {
        HTTP.mock("placements")
                .whenAnyExchangeReceived(e -> e.getMessage().setBody(Placed.nothing(new Placement.KeyTaken())));

        var answer = post(GOOD);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("idempotency-key-reused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "eur | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /currency",
                "XXY | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /currency",
                "XXX | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /currency",
                "XTS | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /currency",
                "XAU | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /currency",
                "EUR | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":0} | tok | /lines/0/quantity",
                "EUR | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":-1} | tok | /lines/0/quantity",
                "EUR | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":10001} | tok | /lines/0/quantity",
                "EUR | Ada | ada@example.org | {\"sku\":\"A\",\"quantity\":1},{\"sku\":\"A\",\"quantity\":1} | tok | /lines/1/sku",
                "EUR | Ada | ada@example.org | ~~ | tok | /lines",
                "EUR | ~ ~ | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/name",
                "EUR | Ada\\r\\nBcc: eve@example.org | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/name",
                "EUR | Ada\\u2028Eve | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/name",
                "EUR | Ada | ada | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/email",
                "EUR | Ada | ada@example.org,eve@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/email",
                "EUR | Ada | Ada <ada@example.org> | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/email",
                "EUR | Ada | ada@example.org\\r\\nBcc:eve@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/email",
                "EUR | Ada | ada%0d%0a@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/email",
                "EUR | Ada | \\\"a\\\\nb\\\"@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/email",
                "EUR | Ada | ada@fa\u00df.example | {\"sku\":\"MUG\",\"quantity\":1} | tok | /customer/email",
                "EUR | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | ~~ | /payment/token",
                "EUR | Ada | ada@example.org | {\"sku\":\"MUG\",\"quantity\":1} | tok\\n | /payment/token"
            })
    void refusesWhatItCannotAcceptAndSaysWhere(
            String currency, String name, String email, String lines, String token, String pointer) {
        var answer = post(body(currency, name, email, lines, token));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"pointer\":\"" + pointer + "\"");
        assertThat(HTTP.mock("placements").getReceivedCounter()).isZero();
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var answer = post(body("eur", "", "ada", "{\"sku\":\"MUG\",\"quantity\":0}", ""));

        assertThat(answer.body())
                .contains("/currency", "/customer/name", "/customer/email", "/lines/0/quantity", "/payment/token");
    }

    @Test
    void takesAHundredLinesAndNoMore() {
        HTTP.mock("placements").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(Placed.nothing(new Placement.Accepted(ID, TOTAL))));

        assertThat(post(body("EUR", "Ada", "ada@example.org", lines(100), "tok"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(post(body("EUR", "Ada", "ada@example.org", lines(101), "tok"))
                        .statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void countsANameInCodePointsAsItWasSentAndStoresItComposed(int length) {
        HTTP.mock("placements").whenAnyExchangeReceived(e -> {
            var name = e.getMessage()
                    .getBody(PlaceOrder.class)
                    .request()
                    .customer()
                    .name();
            assertThat(name).isEqualTo("\u00e9".repeat(99) + "\uD83D\uDE00".repeat(2));
            e.getMessage().setBody(Placed.nothing(new Placement.Accepted(ID, TOTAL)));
        });

        var name = "e\u0301".repeat(99) + "\uD83D\uDE00".repeat(length - 198);

        assertThat(post(body("EUR", name, "ada@example.org", lines(1), "tok")).statusCode())
                .isEqualTo(length == 200 ? 202 : 422);
    }

    @Test
    void takesAnAddressOf254OctetsAndNoMore() {
        HTTP.mock("placements").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(Placed.nothing(new Placement.Accepted(ID, TOTAL))));
        var domain = "a".repeat(61) + "." + "b".repeat(61) + "." + "c".repeat(61) + ".org";
        var longest = "x".repeat(253 - domain.length()) + "@" + domain;

        assertThat(longest).hasSize(254);
        assertThat(post(body("EUR", "Ada", longest, lines(1), "tok")).statusCode())
                .isEqualTo(202);
        assertThat(post(body("EUR", "Ada", "x" + longest, lines(1), "tok")).statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "",
                "{\"currency\":\"EUR\",\"customer\":{\"name\":\"Ada\",\"email\":\"a@b.org\"},\"lines\":[null],\"payment\":{\"token\":\"t\"}}",
                "{\"currency\":\"EUR\",\"customer\":{\"name\":\"Ada\",\"email\":\"a@b.org\"},\"lines\":[{\"sku\":\"A\",\"quantity\":\"2\"}],\"payment\":{\"token\":\"t\"}}",
                "{\"currency\":\"EUR\",\"customer\":{\"name\":\"Ada\",\"email\":\"a@b.org\"},\"lines\":[{\"sku\":\"A\",\"quantity\":2,\"price\":1}],\"payment\":{\"token\":\"t\"}}",
                "{\"currency\":\"EUR\",\"customer\":null,\"lines\":[{\"sku\":\"A\",\"quantity\":2}],\"payment\":{\"token\":\"t\"}}"
            })
    void refusesABodyOfAnotherForm(String body) {
        assertThat(post(body).statusCode()).isEqualTo(400);
        assertThat(HTTP.mock("placements").getReceivedCounter()).isZero();
    }

    @Test
    void refusesAnOrderWithoutAKey() {
        assertThat(HTTP.post("/orders", GOOD).statusCode()).isEqualTo(400);
    }

    @Test
    void showsNeitherATokenNorACustomerInALog() {
        assertThat(Told.wish(ID, "k-1").toString()).doesNotContain("tok_visa", "Ada", "example.org");
    }

    @Test
    void asksForTheOrderOfTheCallerAndOfNobodyElse() throws Exception {
        HTTP.mock("order").expectedBodiesReceived(new OrderQuery(ID, "ada"));
        HTTP.mock("order").whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of()));

        var answer = HTTP.get("/orders/" + ID, "X-Customer-Id", "ada", "If-None-Match", "*");

        HTTP.mock("order").assertIsSatisfied();
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAnIdThatIsNone() {
        assertThat(HTTP.get("/orders/1").statusCode()).isEqualTo(400);
    }

    @Test
    void listsTheOrdersOfTheCallerInOneStatus() throws Exception {
        HTTP.mock("orders").whenAnyExchangeReceived(e -> {
            var page = e.getMessage().getBody(OrderPage.class);
            assertThat(page.caller()).isEqualTo("ada");
            assertThat(page.statuses()).containsExactly(Status.CONFIRMED);
            assertThat(page.rows()).isEqualTo(8);
            e.getMessage().setBody(List.of());
        });

        var answer = HTTP.get("/orders?status=CONFIRMED&limit=7", "X-Customer-Id", "ada");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"items\":[],\"next\":null}");
        assertThat(HTTP.get("/orders?status=confirmed").statusCode()).isEqualTo(400);
        assertThat(HTTP.get("/orders?limit=101").statusCode()).isEqualTo(400);
        assertThat(HTTP.get("/orders?after=forged").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, , 409",
        "CANCELLED, DEADLINE, 409",
        "CANCELLED, PAYMENT_DECLINED, 409",
        "CANCELLED, OUT_OF_STOCK, 409",
        "NONE, , 404"
    })
    void doesNotCancelWhatCannotBeCancelled(String status, CancellationReason reason, int expected) {
        HTTP.mock("cancellations").whenAnyExchangeReceived(e -> {
            var order = Told.pending(ID);
            e.getMessage()
                    .setBody(
                            switch (status) {
                                case "NONE" -> Cancellation.ofUnknown();
                                case "CONFIRMED" -> new Cancellation(order.confirmed(), List.of());
                                default -> new Cancellation(order.cancelled(reason), List.of());
                            });
        });

        var answer = HTTP.post("/orders/" + ID + "/cancellation");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        assertThat(HTTP.mock("order").getReceivedCounter()).isZero();
    }

    @Test
    void readsTheOrderAgainOnceItsCancellationHasCommitted() throws Exception {
        HTTP.mock("cancellations").whenAnyExchangeReceived(e -> {
            var order = Told.pending(ID).cancelled(CancellationReason.CUSTOMER);
            e.getMessage().setBody(new Cancellation(order, List.of()));
        });
        HTTP.mock("order").expectedBodiesReceived(new OrderQuery(ID, "ada"));
        HTTP.mock("order").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(List.of(new OrderEntity(Told.pending(ID).cancelled(CancellationReason.CUSTOMER)))));

        var answer = HTTP.post("/orders/" + ID + "/cancellation");

        HTTP.mock("order").assertIsSatisfied();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).contains("\"reason\":\"CUSTOMER\"");
    }

    @Test
    void listsArticles() {
        var mug = new ProductEntity("MUG");
        mug.change("Mug", Map.of("USD", 1_390L, "EUR", 1_290L));
        HTTP.mock("products").whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of(mug)));

        assertThat(HTTP.get("/products").body())
                .isEqualTo(
                        "{\"items\":[{\"sku\":\"MUG\",\"name\":\"Mug\",\"prices\":{\"EUR\":1290,\"USD\":1390}}],\"next\":null}");
    }

    @Test
    void changesAnArticle() {
        var mug = new ProductEntity("MUG");
        mug.change("Mug", Map.of("USD", 1_390L, "EUR", 1_290L));
        HTTP.mock("product").whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of(mug)));

        var answer = HTTP.put("/products/MUG", "{\"name\":\"Big mug\",\"prices\":{\"EUR\":1590}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"sku\":\"MUG\",\"name\":\"Big mug\",\"prices\":{\"EUR\":1590}}");
        assertThat(HTTP.mock("kept-product").getReceivedCounter()).isEqualTo(1);
    }

    @Test
    void refusesAChangeThatAnotherOneOvertook() {
        HTTP.mock("product").whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of()));
        HTTP.mock("kept-product").whenAnyExchangeReceived(e -> {
            throw new OptimisticLockException();
        });

        var answer = HTTP.put("/products/MUG", "{\"name\":\"Mug\",\"prices\":{\"EUR\":1590}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(HTTP.audited().getLast().result()).isEqualTo("CONFLICT");
        assertThat(HTTP.audited().getLast().call().change())
                .as("nothing was changed")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"\",\"prices\":{\"EUR\":1}} | 422 | /name",
                "{\"name\":\"Mug\\n\",\"prices\":{\"EUR\":1}} | 422 | /name",
                "{\"name\":\"Mug\",\"prices\":{}} | 422 | /prices",
                "{\"name\":\"Mug\",\"prices\":{\"eur\":1}} | 422 | /prices",
                "{\"name\":\"Mug\",\"prices\":{\"EUR\":0}} | 422 | /prices/EUR",
                "{\"name\":\"Mug\",\"prices\":{\"EUR\":-1}} | 422 | /prices/EUR",
                "{\"name\":\"Mug\",\"prices\":{\"EUR\":9007199254740992}} | 422 | /prices/EUR",
                "{\"name\":\"Mug\",\"prices\":{\"EUR\":null}} | 400 | /prices/EUR",
                "{\"name\":\"Mug\",\"prices\":{\"EUR\":\"1\"}} | 400 | /prices/EUR",
                "{\"name\":\"Mug\",\"prices\":{\"EUR\":1.5}} | 400 | /prices/EUR",
                "{\"name\":\"Mug\"} | 400 | /prices",
                "{\"name\":\"Mug\",\"prices\":{\"EUR\":1},\"sku\":\"CAP\"} | 400 | /sku"
            })
    void refusesAnArticleThatItCannotAccept(String body, int status, String pointer) {
        var answer = HTTP.put("/products/MUG", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"pointer\":\"" + pointer + "\"");
        assertThat(HTTP.mock("product").getReceivedCounter()).isZero();
    }

    @Test
    void refusesASkuThatCannotBeOne() {
        assertThat(HTTP.put("/products/" + "M".repeat(65), "{\"name\":\"Mug\",\"prices\":{\"EUR\":1}}")
                        .statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> post(String body) {
        return HTTP.post("/orders", body, "Idempotency-Key", "k-1");
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"sku\":\"MUG-" + i + "\",\"quantity\":" + Line.MAX_QUANTITY + "}")
                .collect(Collectors.joining(","));
    }

    private static String body(String currency, String name, String email, String lines, String token) {
        return "{\"currency\":\"" + currency + "\",\"customer\":{\"name\":\"" + name + "\",\"email\":\"" + email
                + "\"},\"lines\":[" + lines + "],\"payment\":{\"token\":\"" + token + "\"}}";
    }
}
