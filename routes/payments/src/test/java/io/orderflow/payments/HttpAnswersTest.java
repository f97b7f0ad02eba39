package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderflow.contracts.Money;
import io.orderflow.outside.IncomingAnswer;
import io.orderflow.payments.PaymentProvider.ChargeAnswer;
import io.orderflow.payments.PaymentProvider.NoAnswer;
import io.orderflow.payments.PaymentProvider.RefundAnswer;
import io.orderflow.testkit.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a provider or somebody in its place answers: what is not exactly an answer to the call is none. */
class HttpAnswersTest {

    private static final Money TOTAL = new Money(2580, "EUR");
    private static final String GOOD =
            "{\"key\":\"charge-1\",\"status\":\"captured\",\"amount_minor\":2580,\"currency\":\"EUR\"}";
    private static final String REFUNDED = "{\"key\":\"refund-1\",\"charge\":\"charge-1\",\"status\":\"refunded\","
            + "\"amount_minor\":2580,\"currency\":\"EUR\"}";

    private final List<Headers> asked = new ArrayList<>();
    private HttpServer server;
    private AdapterOverHttp adapter;
    private volatile Answer answer;

    private interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders());
                answer.give(exchange);
            }
        });
        server.start();
        adapter = AdapterOverHttp.to(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/v1"), Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() throws IOException {
        adapter.close();
        server.stop(0);
    }

    private static Answer says(int status, String type, byte[] body, String... headers) {
        return exchange -> {
            if (type != null) {
                exchange.getResponseHeaders().set("Content-Type", type);
            }
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private static Answer says(int status, String body) {
        return says(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private ChargeAnswer charge() {
        return adapter.provider().charge("charge-1", TOTAL, "tok_visa");
    }

    static Stream<Arguments> noAnswers() throws IOException {
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write(GOOD.getBytes(StandardCharsets.UTF_8));
        }
        var invalid = GOOD.getBytes(StandardCharsets.UTF_8);
        invalid[2] = (byte) 0xff;
        return Stream.of(
                Arguments.of("500 with a good body", says(500, GOOD)),
                Arguments.of("503 that says declined", says(503, declined("charge-1"))),
                Arguments.of("402 that says declined", says(402, declined("charge-1"))),
                Arguments.of("409", says(409, GOOD)),
                Arguments.of("401", says(401, GOOD)),
                Arguments.of("429", says(429, GOOD)),
                Arguments.of("201", says(201, GOOD)),
                Arguments.of("204", says(204, "application/json", new byte[0])),
                Arguments.of("no body", says(200, "application/json", new byte[0])),
                Arguments.of("HTML", says(200, "text/html", GOOD.getBytes(StandardCharsets.UTF_8))),
                Arguments.of("no content type", says(200, null, GOOD.getBytes(StandardCharsets.UTF_8))),
                Arguments.of(
                        "UTF-16",
                        says(200, "application/json; charset=utf-16", GOOD.getBytes(StandardCharsets.UTF_16))),
                Arguments.of("gzip", says(200, "application/json", gzip.toByteArray(), "Content-Encoding", "gzip")),
                Arguments.of(
                        "gzip that is none",
                        says(
                                200,
                                "application/json",
                                GOOD.getBytes(StandardCharsets.UTF_8),
                                "Content-Encoding",
                                "gzip")),
                Arguments.of(
                        "a serialized object",
                        says(200, "application/x-java-serialized-object", GOOD.getBytes(StandardCharsets.UTF_8))),
                Arguments.of("invalid UTF-8", says(200, "application/json", invalid)),
                Arguments.of("half", says(200, GOOD.substring(0, 40))),
                Arguments.of("twice", says(200, GOOD + GOOD)),
                Arguments.of("an array", says(200, "[" + GOOD + "]")),
                Arguments.of("null", says(200, "null")),
                Arguments.of("deep", says(200, "[".repeat(10_000))),
                Arguments.of("too large", says(200, GOOD + " ".repeat(IncomingAnswer.MOST_BYTES))),
                Arguments.of("a member twice", says(200, GOOD.replace("}", ",\"status\":\"captured\"}"))),
                Arguments.of("a member more", says(200, GOOD.replace("}", ",\"note\":\"x\"}"))),
                Arguments.of("a member less", says(200, GOOD.replace(",\"currency\":\"EUR\"", ""))),
                Arguments.of("another key", says(200, GOOD.replace("charge-1", "charge-2"))),
                Arguments.of("another amount", says(200, GOOD.replace("2580", "2579"))),
                Arguments.of("another currency", says(200, GOOD.replace("EUR", "USD"))),
                Arguments.of("a fraction", says(200, GOOD.replace("2580", "2580.0"))),
                Arguments.of("an amount in quotes", says(200, GOOD.replace("2580", "\"2580\""))),
                Arguments.of("a negative amount", says(200, GOOD.replace("2580", "-2580"))),
                Arguments.of("an endless amount", says(200, GOOD.replace("2580", "9".repeat(2000)))),
                Arguments.of("a status that is unknown", says(200, GOOD.replace("captured", "pending"))),
                Arguments.of("a status in capitals", says(200, GOOD.replace("captured", "CAPTURED"))),
                Arguments.of("declined without a code", says(200, "{\"key\":\"charge-1\",\"status\":\"declined\"}")),
                Arguments.of(
                        "a code that is none", says(200, declined("charge-1").replace("card_declined", "<script>"))),
                Arguments.of("a refund", says(200, REFUNDED)));
    }

    private static String declined(String key) {
        return "{\"key\":\"" + key + "\",\"status\":\"declined\",\"code\":\"card_declined\"}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswers")
    void whatIsNotUnderstoodIsNoAnswerToACharge(String what, Answer given) {
        answer = given;

        assertThatThrownBy(this::charge).isInstanceOf(NoAnswer.class);
        assertThat(asked).as("it is not sent again behind the worker's back").hasSize(1);
    }

    @Test
    void whatIsUnderstoodIsAnAnswer() {
        answer = says(200, GOOD);
        assertThat(charge()).isEqualTo(new ChargeAnswer.Captured());
        assertThat(adapter.provider().fence("charge-1")).isEqualTo(Optional.of(TOTAL));

        answer = says(200, declined("charge-1"));
        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("card_declined"));
        assertThat(adapter.provider().fence("charge-1")).isEmpty();

        answer = says(200, "{\"key\":\"charge-1\",\"status\":\"voided\"}");
        assertThat(charge()).isEqualTo(new ChargeAnswer.Fenced());
        assertThat(adapter.provider().fence("charge-1")).isEmpty();

        answer = says(200, REFUNDED);
        assertThat(adapter.provider().refund("refund-1", "charge-1", TOTAL)).isEqualTo(new RefundAnswer.Refunded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2580>2579", "EUR>USD", "refund-1>refund-2", "charge-1>charge-2", "refunded>captured"})
    void aRefundOfSomethingElseIsNoAnswer(String change) {
        var both = change.split(">");
        answer = says(200, REFUNDED.replace(both[0], both[1]));

        assertThatThrownBy(() -> adapter.provider().refund("refund-1", "charge-1", TOTAL))
                .isInstanceOf(NoAnswer.class);
    }

    @Test
    void aFenceIsAnsweredByItsOwnKeyOnly() {
        answer = says(200, "{\"key\":\"charge-2\",\"status\":\"voided\"}");

        assertThatThrownBy(() -> adapter.provider().fence("charge-1")).isInstanceOf(NoAnswer.class);
    }

    @Test
    void whatTheProviderSaysIsInNoMessage() {
        answer = says(500, "{\"secret\":\"" + AdapterOverHttp.API_KEY + " tok_visa\"}");
        var failed = catchThrowable(this::charge);
        answer = says(200, "canary " + AdapterOverHttp.API_KEY + " tok_visa");
        var garbage = catchThrowable(this::charge);

        assertThat(failed).hasMessage("provider: status 500 (expected: 200)");
        assertThat(garbage).hasNoCause().hasMessage("provider: body (expected: one JSON object)");
        assertThat(new ProviderCall.ToCharge("charge-1", TOTAL, "tok_visa").toString())
                .doesNotContain("tok_visa");
    }

    @Test
    void anAnswerThatComesTwiceOnAConnectionIsNoAnswerToTheNextCall() throws Exception {
        var response = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + GOOD.length()
                + "\r\n\r\n" + GOOD;
        try (var doubled = new RawServer(socket -> {
                    while (RawServer.readRequest(socket)) {
                        socket.getOutputStream().write((response + response).getBytes());
                        socket.getOutputStream().flush();
                    }
                });
                var adapter = AdapterOverHttp.to(doubled.address(), Duration.ofSeconds(2))) {
            assertThat(adapter.provider().charge("charge-1", TOTAL, "tok_visa")).isEqualTo(new ChargeAnswer.Captured());

            assertThatThrownBy(() -> adapter.provider().charge("charge-2", TOTAL, "tok_visa"))
                    .isInstanceOf(NoAnswer.class);
        }
    }
}
