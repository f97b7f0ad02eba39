package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.EdgeFixture;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What strangers send, or do not take: it is nobody's failure, and no line of the log tells their words. */
class StrangersTest {

    @RegisterExtension
    static final EdgeFixture edge =
            EdgeFixture.of(new ThingsApi(), new LargeApi()).with("spring.main.sources=" + Beside.class.getName());

    /** Gives more than any buffer holds. */
    static final class LargeApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/large").get().security(CUSTOMER).to("direct:large.read");
            from("direct:large.read").routeId("large.read").setBody(exchange -> "\"" + "x".repeat(32 << 20) + "\"");
        }
    }

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(lines);
    }

    /** In UTF-8 many letters have a byte that is a control character in Latin-1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-City: \u00d6hringen",
                "X-Client: \u0141ukasz",
                "Cookie: name=\u0141ukasz",
                "Cookie: \u0141=1; b=\u00d6",
                "Accept: \u00d6",
                "Accept-Language: \u00d6",
                "User-Agent: \u00d6",
                "Origin: \u00d6",
                "X-Forwarded-For: \u00d6",
                "If-Modified-Since: \u00d6",
                "Authorization: Bearer \u00d6",
                "traceparent: \u00d6",
                "tracestate: \u00d6",
                "baggage: \u00d6=\u00d6"
            })
    void aHeaderThatNobodyReadsIsIgnored(String header) {
        var request = "GET /things HTTP/1.1\r\nHost: x\r\n" + header + "\r\nConnection: close\r\n\r\n";

        var answer = Answers.of(edge.raw(request.getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertNothingTold();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Customer-Id", "Idempotency-Key", "Content-Type"})
    void aHeaderThatIsReadIsRefused(String name) {
        var request = "POST /things HTTP/1.1\r\nHost: x\r\n" + name + ": \u0141ukasz\r\nContent-Length: 2\r\n"
                + (name.equals("Content-Type") ? "" : "Content-Type: application/json\r\n")
                + "Connection: close\r\n\r\n{}";

        var answer = Answers.of(edge.raw(request.getBytes(StandardCharsets.UTF_8)));

        answer.isProblem(
                name.equals("Content-Type") ? ProblemType.UNSUPPORTED_MEDIA_TYPE : ProblemType.MALFORMED_REQUEST);
        assertNothingTold();
    }

    /** Of two, somebody else may read the other. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/plain", "Content-Encoding: identity\r\nContent-Encoding: gzip"})
    void aHeaderThatIsReadComesOnce(String another) {
        assertThat(Answers.of(edge.raw("POST /things HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nContent-Length: 2\r\n"
                                + "Content-Type: application/json\r\n" + another + "\r\nConnection: close\r\n\r\n{}"))
                        .isProblem(ProblemType.MALFORMED_REQUEST)
                        .json()
                        .get("detail")
                        .textValue())
                .endsWith("more than one (expected: at most one)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%0a05:41", "limit=%0a", "%c2%96=1", "%00", "%ff", "%", "limit=%zz"})
    void aNameInTheQueryIsNeverOurFailure(String query) {
        Answers.of(edge.raw("GET /things?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .isProblem(ProblemType.MALFORMED_REQUEST);
        assertNothingTold();
    }

    @Test
    void whatFailsOutsideOfARouteIsToldWithoutItsWords() {
        var problem =
                Answers.of(edge.get("/things", "X-Customer-Id", Beside.BROKEN)).isProblem(ProblemType.INTERNAL_ERROR);

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage())
                    .contains(problem.json().get("instance").textValue());
            assertThat(ThrowableProxyUtil.asString(line.getThrowableProxy()))
                    .contains("IllegalStateException", "Beside", "Caused by")
                    .doesNotContain("secret");
        });
    }

    /** It asks for much and hangs up, or does not read: a figure, and no line. */
    @Test
    void aClientThatIsGoneIsCounted() throws IOException {
        var lost = edge.bean(MeterRegistry.class)
                .get("orderflow.http.answers.lost")
                .counter();
        double before = lost.count();

        try (var socket = new Socket("localhost", edge.port())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        await().untilAsserted(() -> assertThat(lost.count()).isEqualTo(before + 1));
        assertThat(edge.get("/things").statusCode()).isEqualTo(200);
        assertNothingTold();
    }

    private void assertNothingTold() {
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }
}
