package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.fixture.EdgeFixture;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryApiTest {

    private static final StockItem MUG = new StockItem("MUG", 5, 2, 1);
    private static final String MUG_JSON = "{\"sku\":\"MUG\",\"on_hand\":5,\"reserved\":2,\"sold\":1,\"available\":3}";

    @RegisterExtension
    static final EdgeFixture HTTP = EdgeFixture.of(new InventoryApi(new InventoryChannels(
            "direct:unused", "mock:unused", "mock:new-articles", "mock:deliveries", "mock:article", "mock:articles")));

    @BeforeEach
    void forget() {
        HTTP.mock("deliveries").reset();
        HTTP.mock("article").reset();
        HTTP.mock("articles").reset();
        HTTP.mock("new-articles").reset();
    }

    @Test
    void showsAnArticle() throws Exception {
        HTTP.mock("article").expectedBodiesReceived("MUG");
        HTTP.mock("article").whenAnyExchangeReceived(e -> e.getMessage().setBody(new Article(MUG)));

        var answer = HTTP.get("/stock/MUG");

        HTTP.mock("article").assertIsSatisfied();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(MUG_JSON);
    }

    @Test
    void hasNoArticleThatNobodyKeeps() {
        HTTP.mock("article").whenAnyExchangeReceived(e -> e.getMessage().setBody(null));

        assertThat(HTTP.get("/stock/HAT").statusCode()).isEqualTo(404);
    }

    @Test
    void introducesAnArticle() {
        HTTP.mock("new-articles").whenAnyExchangeReceived(e -> {
            assertThat(e.getMessage().getBody(NewArticle.class).sku()).isEqualTo("MUG");
            e.getMessage().setBody(MUG);
        });

        var answer = HTTP.put("/stock/MUG", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(MUG_JSON);
        assertThat(HTTP.put("/stock/" + "a".repeat(65), "").statusCode()).isEqualTo(400);
        assertThat(HTTP.mock("new-articles").getReceivedCounter()).isEqualTo(1);
    }

    @Test
    void listsArticlesAndSaysWhereTheNextPageBegins() throws Exception {
        var cap = new StockItem("CAP", 1, 0, 0);
        HTTP.mock("articles")
                .whenAnyExchangeReceived(e -> e.getMessage().setBody(List.of(new Article(cap), new Article(MUG))));

        var whole = HTTP.get("/stock");
        var first = HTTP.get("/stock?limit=1");
        var next = first.body().replaceAll(".*\"next\":\"(.*)\".*", "$1");
        HTTP.get("/stock?limit=1&after=" + next);

        assertThat(whole.body()).endsWith(MUG_JSON + "],\"next\":null}");
        assertThat(first.body()).startsWith("{\"items\":[{\"sku\":\"CAP\"").doesNotContain("MUG");
        assertThat(HTTP.mock("articles").getExchanges())
                .extracting(e -> e.getMessage().getBody(ArticlePage.class))
                .hasSize(3);
    }

    @Test
    void reportsADeliveryWithItsCallerAndKey() throws Exception {
        HTTP.mock("deliveries").whenAnyExchangeReceived(e -> {
            var delivery = e.getMessage().getBody(Delivery.class);
            assertThat(delivery.caller()).isEqualTo(new Caller("ada"));
            assertThat(delivery.key()).isEqualTo(new IdempotencyKey("k-1"));
            assertThat(delivery.bodyHash()).hasSize(64);
            assertThat(delivery.sku()).isEqualTo("MUG");
            assertThat(delivery.quantity()).isEqualTo(1_000_000);
            e.getMessage().setBody(new Receipt.Received(MUG));
        });

        var answer = HTTP.post(
                "/stock/MUG/deliveries", "{\"quantity\":1000000}", "X-Customer-Id", "ada", "Idempotency-Key", "k-1");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(MUG_JSON);
        assertThat(answer.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void saysOfARepeatedReportThatItIsOne() {
        HTTP.mock("deliveries")
                .whenAnyExchangeReceived(e -> e.getMessage().setBody(new Receipt.Repeated(new Receipt.Received(MUG))));

        var answer = report("{\"quantity\":1}");

        assertThat(answer.body()).isEqualTo(MUG_JSON);
        assertThat(answer.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1000001", "2147483648", "99999999999999999999"})
    void refusesAQuantityThatIsOutOfRange(String quantity) {
        var answer = report("{\"quantity\":" + quantity + "}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"pointer\":\"/quantity\"").contains("1 to 1000000");
        assertThat(HTTP.mock("deliveries").getReceivedCounter()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"quantity\":null}",
                "{\"quantity\":\"1\"}",
                "{\"quantity\":1.5}",
                "{\"quantity\":1,\"sku\":\"CAP\"}",
                "[]",
                ""
            })
    void refusesABodyOfAnotherForm(String body) {
        assertThat(report(body).statusCode()).isEqualTo(400);
        assertThat(HTTP.mock("deliveries").getReceivedCounter()).isZero();
    }

    @Test
    void refusesAReportWithoutAKey() {
        assertThat(HTTP.post("/stock/MUG/deliveries", "{\"quantity\":1}").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN_ARTICLE, 404, not-found", "TOO_MUCH, 422, at most 7", "KEY_TAKEN, 422, idempotency-key-reused"
    })
    void turnsARefusalIntoAProblem(String refusal, int status, String says) {
        HTTP.mock("deliveries").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(
                        switch (refusal) {
                            case "UNKNOWN_ARTICLE" -> new Receipt.UnknownArticle("MUG");
                            case "TOO_MUCH" -> new Receipt.TooMuch("MUG", 7);
                            default -> new Receipt.KeyTaken();
                        }));

        var answer = report("{\"quantity\":8}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(says);
    }

    private static HttpResponse<String> report(String body) {
        return HTTP.post("/stock/MUG/deliveries", body, "Idempotency-Key", "k-1");
    }
}
