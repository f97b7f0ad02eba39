package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.EdgeFixture;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Every case of the table of bad requests that the edge decides, over a real socket. */
class EdgeTest {

    private static final String THING = "{\"name\":\"a\",\"count\":1,\"parts\":[]}";
    private static final String ID = "0190a6f0-0000-7000-8000-000000000000";

    @RegisterExtension
    static final EdgeFixture edge =
            EdgeFixture.of(new ThingsApi()).with("spring.main.sources=" + Beside.class.getName());

    @Test
    void answersInSnakeCaseWithStatusAndLocation() {
        var answer = Answers.of(edge.post("/things", THING, "Idempotency-Key", "k", "X-Customer-Id", "ada"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/things/1");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Length"))
                .isEqualTo(String.valueOf(answer.body().length()));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.json().get("caller").textValue()).isEqualTo("ada");
        assertThat(answer.json().get("key").textValue()).isEqualTo("k");
        assertThat(answer.json().get("body_hash").textValue())
                .isEqualTo("940054adce563f6e9ab839432d9992932fb3902f32ea4b5af11a569fe9bef71e");
    }

    @Test
    void answersARequestWithoutBody() {
        var answer = Answers.of(edge.post("/things/" + ID + "/cancellation"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("id").textValue()).isEqualTo(ID);
        assertThat(Answers.of(edge.get("/nothing/at-all")).status()).isEqualTo(404);
        assertThat(Answers.of(edge.get("/things/nothing/at-all")).status()).isEqualTo(204);
    }

    @Test
    void says503AndNot404WhileTheRoutesAreNotThere() {
        edge.camel().suspend();
        var closed = Answers.of(edge.get("/nothing/at-all"));
        edge.camel().resume();

        assertThat(closed.status()).isEqualTo(503);
        assertThat(closed.header("Retry-After")).isEqualTo("2");
        assertThat(Answers.of(edge.get("/nothing/at-all")).status()).isEqualTo(404);
    }

    @Test
    void runsRoutesOnVirtualThreadsWithTheBodyAsBytes() {
        var seen = Answers.of(edge.get("/things/seen/by-the-route")).json();

        assertThat(seen.get("virtual").booleanValue()).isTrue();
        assertThat(seen.get("body").textValue()).isEqualTo("byte[]");
    }

    /** R26: names that steer components or the answer, as headers and as query parameters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie",
                "Location",
                "Content-Disposition",
                "CamelHttpUri",
                "CamelHttpResponseCode",
                "CAMELHTTPRESPONSECODE",
                "CamelBeanMethodName",
                "CAMELbeanMETHODname",
                "CamelKafkaOverrideTopic",
                "kafka.OVERRIDE_TOPIC",
                "kafka.PARTITION_KEY",
                "CamelFileName",
                "CamelJpaParameters",
                "mail.smtp.host",
                "Bcc",
                "Subject",
                "id"
            })
    void letsNoHeaderOrParameterSteerTheRouteOrComeBack(String name) {
        var plain = Answers.of(edge.get("/things/seen/by-the-route"));

        var spoofed = Answers.of(edge.get("/things/seen/by-the-route", name, "204"));
        assertThat(spoofed.status()).isEqualTo(200);
        assertThat(spoofed.json().get("headers")).as("headers in the route").isEmpty();
        assertThat(spoofed.headers().keySet()).isEqualTo(plain.headers().keySet());
        assertThat(spoofed.body()).isEqualTo(plain.body());

        var asked = Answers.of(edge.get("/things/seen/by-the-route?" + name + "=204"));
        asked.isProblem(ProblemType.MALFORMED_REQUEST);
        if (!plain.headers().containsKey(name)) {
            assertThat(asked.headers()).doesNotContainKey(name);
        }
    }

    @Test
    void doesNotCompressBecauseARequestSaysSo() {
        var answer = Answers.of(
                edge.get("/things/seen/by-the-route", "Content-Encoding", "identity", "Accept-Encoding", "gzip"));

        assertThat(answer.headers()).doesNotContainKey("Content-Encoding");
        assertThat(answer.body()).startsWith("{");
    }

    @Test
    void keepsTheRoutesOwnHeadersInside() {
        var answer = Answers.of(edge.get("/things/seen/by-the-route"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).doesNotContainKeys("Set-Cookie", "X-Inside");
    }

    @ParameterizedTest
    @CsvSource({
        "refused, UNACCEPTABLE_VALUE",
        "conflict, CONFLICT",
        "overloaded, UNAVAILABLE",
        "database, UNAVAILABLE",
        "wrapped, UNAVAILABLE",
        "checked, INTERNAL_ERROR",
        "unwritable, INTERNAL_ERROR",
        "unchecked, INTERNAL_ERROR"
    })
    void makesAProblemOfWhateverARouteThrows(String how, ProblemType type) {
        var answer = Answers.of(edge.get("/things/fails/" + how)).isProblem(type);

        assertThat(answer.header("Retry-After")).isEqualTo(type == ProblemType.UNAVAILABLE ? "2" : "");
        assertThat(answer.json().has("instance")).isEqualTo(type == ProblemType.INTERNAL_ERROR);
        assertThat(answer.json().has("detail") && type == ProblemType.INTERNAL_ERROR)
                .isFalse();
    }

    /**
     * An unexpected failure is one line with everything for us, under the name that the client got; a client's mistake
     * is none.
     */
    @Test
    void logsWhatNobodyExpectedAndNothingElse() {
        var log = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Edge.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try {
            edge.get("/things/fails/refused");
            edge.get("/things/fails/overloaded");
            var instance = Answers.of(edge.get("/things/fails/checked"))
                    .json()
                    .get("instance")
                    .textValue();

            assertThat(lines.list).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.ERROR);
                assertThat(line.getFormattedMessage()).contains(instance);
                assertThat(line.getThrowableProxy().getMessage()).contains("secret");
            });
        } finally {
            log.detachAppender(lines);
        }
    }

    @Test
    void makesAProblemOfWhatFailsOutsideOfRoutes() {
        Answers.of(edge.get("/things", "X-Customer-Id", Beside.BROKEN)).isProblem(ProblemType.INTERNAL_ERROR);
        var closed = Answers.of(edge.get("/closed")).isProblem(ProblemType.UNAVAILABLE);

        assertThat(closed.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void namesTheWrongMembers() {
        var error = Answers.of(edge.get("/things/fails/refused")).json().at("/errors/0");

        assertThat(error.get("pointer").textValue()).isEqualTo("/count");
        assertThat(error.get("detail").textValue()).isEqualTo("too many (expected: 1 to 3)");
    }

    static Stream<Arguments> bodies() {
        var json = "application/json";
        return Stream.of(
                Arguments.of("R12 no type", "", bytes(THING), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of("R12 nothing but ;", type(";"), bytes(THING), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of("R12 blank and ;", type(" ; "), bytes(THING), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of("R12 many ;", type(";;;"), bytes(THING), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of("R12 text", type("text/plain"), bytes(THING), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R12 form",
                        type("application/x-www-form-urlencoded"),
                        bytes("a=b"),
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R12 multipart",
                        type("multipart/form-data; boundary=x"),
                        bytes("--x--"),
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R12 near miss", type("application/jsonx"), bytes(THING), ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R12 UTF-16",
                        type(json + "; charset=UTF-16"),
                        THING.getBytes(StandardCharsets.UTF_16),
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R12 Latin-1",
                        type(json + ";charset=iso-8859-1"),
                        bytes(THING),
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R12 UTF-16 unsaid",
                        type(json),
                        THING.getBytes(StandardCharsets.UTF_16BE),
                        ProblemType.MALFORMED_REQUEST),
                Arguments.of(
                        "R12 UTF-32 unsaid",
                        type(json),
                        THING.getBytes(Charset.forName("UTF-32")),
                        ProblemType.MALFORMED_REQUEST),
                Arguments.of("R12 byte order mark", type(json), bytes("\uFEFF" + THING), ProblemType.MALFORMED_REQUEST),
                Arguments.of(
                        "R13 Java",
                        type("application/x-java-serialized-object"),
                        new byte[] {(byte) 0xac, (byte) 0xed, 0, 5},
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R11 gzip",
                        type(json) + "Content-Encoding: gzip\r\n",
                        new byte[] {0x1f, (byte) 0x8b},
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "R14 not UTF-8",
                        type(json),
                        "{\"name\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1),
                        ProblemType.MALFORMED_REQUEST),
                Arguments.of(
                        "R14 surrogate in UTF-8",
                        type(json),
                        new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                        ProblemType.MALFORMED_REQUEST),
                Arguments.of(
                        "R10 one byte too many",
                        type(json),
                        bytes("[" + "1".repeat(64 * 1024)),
                        ProblemType.BODY_TOO_LARGE),
                Arguments.of("R10 10 MiB", type(json), bytes("1".repeat(10 * 1024 * 1024)), ProblemType.BODY_TOO_LARGE),
                Arguments.of("R1 empty", type(json), new byte[0], ProblemType.MALFORMED_REQUEST));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void refusesABody(String name, String headers, byte[] body, ProblemType expected) {
        Answers.of(edge.raw(post(headers + "Content-Length: " + body.length + "\r\n", body)))
                .isProblem(expected);

        var unknownLength = concat(
                bytes(Integer.toHexString(Math.max(1, body.length)) + "\r\n"),
                body.length == 0 ? bytes(" ") : body,
                bytes("\r\n0\r\n\r\n"));
        Answers.of(edge.raw(post(headers + "Transfer-Encoding: chunked\r\n", unknownLength)))
                .isProblem(expected);
    }

    /** A body that no route looks at has to be right, too. */
    @Test
    void refusesABadlyEncodedBodyThatNobodyReads() {
        var head = "POST /things/" + ID + "/cancellation HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + type("application/json")
                + "Content-Length: 1\r\n\r\n";

        Answers.of(edge.raw(concat(bytes(head), new byte[] {(byte) 0xff}))).isProblem(ProblemType.MALFORMED_REQUEST);
    }

    /** R10: nobody has to send what is refused anyway. */
    @Test
    void refusesAnAnnouncedLengthBeforeTheBodyComes() {
        var head = type("application/json") + "Content-Length: 10485760\r\nExpect: 100-continue\r\n";

        var answer = edge.halfClosed(post(head, new byte[0]));

        Answers.of(answer).isProblem(ProblemType.BODY_TOO_LARGE);
        assertThat(answer).doesNotContain("100");
    }

    @Test
    void asksForABodyThatItWants() {
        var head = type("application/json") + "Content-Length: " + THING.length() + "\r\nExpect: 100-continue\r\n";

        assertThat(edge.raw(post(head, bytes(THING))))
                .startsWith("HTTP/1.1 100")
                .contains("HTTP/1.1 202");
    }

    @Test
    void takesABodyOfExactly64KiB() {
        var name = "n".repeat(64 * 1024 - "{\"name\":\"\",\"count\":1,\"parts\":[]}".length());
        var body = "{\"name\":\"" + name + "\",\"count\":1,\"parts\":[]}";

        assertThat(body).hasSize(64 * 1024);
        assertThat(edge.post("/things", body, "Idempotency-Key", "k").statusCode())
                .isEqualTo(202);
        assertThat(edge.put("/things/1", body).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"",
                "application/json; charset=UTF-8; profile=x"
            })
    void takesJsonInUtf8(String mediaType) {
        var answer = Answers.of(edge.raw(post(
                type(mediaType) + "Content-Encoding: identity\r\nContent-Length: " + THING.length() + "\r\n",
                bytes(THING))));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void refusesABodyThatIsShorterThanAnnounced() {
        Answers.of(edge.halfClosed(post(type("application/json") + "Content-Length: 1000\r\n", bytes(THING))))
                .isProblem(ProblemType.MALFORMED_REQUEST);
        Answers.of(edge.raw(post(type("application/json") + "Transfer-Encoding: chunked\r\n", bytes("zz\r\nnonsense"))))
                .isProblem(ProblemType.MALFORMED_REQUEST);
    }

    /** The container fails at one too many, in its own way, and of some requests of a connection it would take any. */
    @Test
    void refusesTooManyTrailers() {
        var request = "POST /things HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\n" + type("application/json")
                + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(THING.length()) + "\r\n" + THING
                + "\r\n0\r\n";
        var trailers = IntStream.range(0, 8).mapToObj(i -> "T" + i + ": x\r\n").collect(Collectors.joining());
        var accepted = request + trailers + "\r\n";
        var refused = request + trailers + "T: x\r\n\r\n";

        Answers.of(edge.halfClosed(bytes(refused))).isProblem(ProblemType.MALFORMED_REQUEST);
        assertThat(edge.halfClosed(bytes(accepted + refused)).split("HTTP/1.1 "))
                .satisfies(answers -> assertThat(answers[1]).startsWith("202"))
                .satisfies(answers -> assertThat(answers[2]).startsWith("400"));
        var unwanted = accepted + refused.replace("Transfer-", "Content-Encoding: gzip\r\nTransfer-");
        assertThat(edge.halfClosed(bytes(unwanted)).split("HTTP/1.1 ")[2]).startsWith("415");
    }

    /** What is left of a refused body is not taken for the next request. */
    @Test
    void goesOnWithTheConnectionAfterARefusedBody() {
        var refused = "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 28\r\n\r\n"
                + "GET /smuggled HTTP/1.1\r\n\r\n  ";
        var answers = edge.raw(refused + "GET /things?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1.1 ")).hasSize(3);
        assertThat(answers).contains("HTTP/1.1 415").contains("{\"items\":[1]");
    }

    /** R28, R29. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//things",
                "/things/",
                "/things//" + ID,
                "/THINGS",
                "/things;x=y",
                "/things/..;/things",
                "/things/../things",
                "/things/./",
                "/%2e%2e/things",
                "/%74hings",
                "/things%2f" + ID,
                "/things%252f" + ID,
                "/things%00",
                "/things\\" + ID,
                "/proxy",
                "/proxy/http://localhost:9876/observe/health",
                "/error",
                "/actuator",
                "/observe/health",
                "/"
            })
    void knowsNoOtherWayToAResource(String path) {
        var answer = Answers.of(edge.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));

        answer.isProblem(answer.status() == 400 ? ProblemType.MALFORMED_REQUEST : ProblemType.NOT_FOUND);
    }

    /** R27, R29. */
    @Test
    void takesNoNoticeOfWhereARequestClaimsToGo() {
        var plain = Answers.of(edge.get("/things?limit=1"));
        var absolute =
                Answers.of(edge.raw("GET http://localhost:9876/things?limit=1 HTTP/1.1\r\nHost: localhost:9876\r\n"
                        + "X-Original-URL: /observe/health\r\nX-Forwarded-Prefix: /y\r\n"
                        + "X-HTTP-Method-Override: DELETE\r\nConnection: close\r\n\r\n"));

        assertThat(absolute.status()).isEqualTo(200);
        assertThat(absolute.body()).isEqualTo(plain.body());
    }

    /** R30. */
    @ParameterizedTest
    @CsvSource({
        "TRACE, /things, 405, 'GET,HEAD,OPTIONS,POST'",
        "PROPFIND, /things, 405, 'GET,HEAD,OPTIONS,POST'",
        "DELETE, /things, 405, 'GET,HEAD,OPTIONS,POST'",
        "PUT, /things, 405, 'GET,HEAD,OPTIONS,POST'",
        "TRACE, /things/" + ID + ", 405, 'GET,HEAD,OPTIONS,PUT'",
        "POST, /things/" + ID + ", 405, 'GET,HEAD,OPTIONS,PUT'",
        "PROPFIND, /nowhere, 404, ",
        "TRACE, /nowhere, 404, ",
        "OPTIONS, *, 404, ",
        "CONNECT, localhost:9876, 405, ''"
    })
    void refusesOtherMethods(String method, String target, int status, String allowed) {
        var answer = Answers.of(
                edge.raw(method + " " + target + " HTTP/1.1\r\nHost: x\r\nX: secret\r\nConnection: close\r\n\r\n"));

        answer.isProblem(ProblemType.of(status));
        assertThat(answer.headers().containsKey("Allow")).isEqualTo(status == 405);
        assertThat(methods(answer)).isEqualTo(allowed == null ? "" : allowed);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    private static String methods(Answers answer) {
        return Stream.of(answer.header("Allow").split(", *")).sorted().collect(Collectors.joining(","));
    }

    @Test
    void refusesAnExpectationThatNobodyMeets() {
        var answer =
                Answers.of(edge.raw("GET /things HTTP/1.1\r\nHost: x\r\nExpect: secret\r\nConnection: close\r\n\r\n"));

        answer.isProblem(ProblemType.EXPECTATION_FAILED);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void answersHeadAndOptions() {
        var head = Answers.of(edge.raw("HEAD /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        var options = Answers.of(edge.raw("OPTIONS /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(options.status()).isEqualTo(200);
        assertThat(methods(options)).isEqualTo("GET,HEAD,OPTIONS,POST");
        assertThat(options.headers()).doesNotContainKey("Accept-Patch");
    }

    static Stream<Arguments> requestHeads() {
        return Stream.of(
                Arguments.of("no HTTP", "nonsense\r\n\r\n"),
                Arguments.of("no host", "GET /things HTTP/1.1\r\nConnection: close\r\n\r\n"),
                Arguments.of("two hosts", "GET /things HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n"),
                Arguments.of("control in a name", "GET /things HTTP/1.1\r\nHost: x\r\nA\u0001B: c\r\n\r\n"),
                Arguments.of(
                        "R31 64 KiB of header",
                        "GET /things HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(65_536) + "\r\n\r\n"),
                Arguments.of(
                        "R31 500 headers", "GET /things HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(500) + "\r\n"),
                Arguments.of(
                        "two lengths",
                        "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of("negative length", "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}"),
                Arguments.of(
                        "a coding that nobody knows",
                        "POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n"),
                Arguments.of("a version that nobody knows", "GET /things HTTP/4.2\r\nHost: x\r\n\r\n"),
                Arguments.of("braces in the query", "GET /things?a={b} HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requestHeads")
    void refusesWhatIsNotHttp(String name, String request) {
        Answers.of(edge.raw(request)).isProblem(ProblemType.MALFORMED_REQUEST);
    }

    /** R31: the length is dropped, so that nobody behind us could frame the request differently. */
    @Test
    void framesByTransferEncodingAlone() {
        var answers = edge.raw("POST /things HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\n"
                + "Content-Type: application/json\r\nContent-Length: 4\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(THING.length()) + "\r\n" + THING + "\r\n0\r\n\r\n");

        assertThat(Answers.of(answers).status()).isEqualTo(202);
        assertThat(answers.split("HTTP/1.1 ")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=101",
                "limit=1000000",
                "limit=2.0",
                "limit=x",
                "limit=",
                "limit=%zz",
                "limit=%ff",
                "limit=1&limit=2",
                "after=forged",
                "after=%00",
                "after=AAEx",
                "colour=BLUE",
                "colour=red",
                "colour="
            })
    void refusesAWrongQuery(String query) {
        Answers.of(
                        edge.get("/things?limit=7").statusCode() == 200
                                ? edge.raw("GET /things?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                : "")
                .isProblem(ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void namesTheParametersThatAreKnown() {
        var unknown = Answers.of(edge.get("/things?page=2&limit=3")).isProblem(ProblemType.MALFORMED_REQUEST);
        assertThat(unknown.json().get("detail").textValue())
                .isEqualTo("query: unknown parameter (expected: none but after, colour, limit)");

        for (var path : List.of(
                "/things/" + ID + "?&&",
                "/things/" + ID + "?x",
                "/things/" + ID + "?limit=1",
                "/things/nothing/at-all?x=y")) {
            assertThat(Answers.of(edge.get(path))
                            .isProblem(ProblemType.MALFORMED_REQUEST)
                            .body())
                    .contains("query: unknown parameter (expected: none)");
        }
    }

    /** Nothing is done for a request that says more than is understood. */
    @Test
    void refusesAQueryBeforeAnythingIsDone() throws Exception {
        edge.mock("stored").reset();
        edge.mock("stored").expectedMessageCount(0);

        Answers.of(edge.post("/things?limit=1", THING, "Idempotency-Key", "k"))
                .isProblem(ProblemType.MALFORMED_REQUEST);

        edge.mock("stored").assertIsSatisfied();
        edge.mock("stored").reset();

        edge.mock("listed").reset();
        Answers.of(edge.get("/things?limit=1&page=2")).isProblem(ProblemType.MALFORMED_REQUEST);
        assertThat(edge.get("/things?limit=1").statusCode()).isEqualTo(200);
        assertThat(edge.mock("listed").getReceivedCounter()).isEqualTo(1);
    }

    /** What a route asks for is what its drawing, and so the document, says. */
    @Test
    void aRouteAsksForDeclaredParametersOnly() {
        Answers.of(edge.get("/things/asks/too-much")).isProblem(ProblemType.INTERNAL_ERROR);
    }

    @Test
    void refusesABodyThatNobodyWants() {
        var read = edge.raw("GET /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + type("application/json")
                + "Content-Length: 2\r\n\r\n{}");
        Answers.of(read).isProblem(ProblemType.MALFORMED_REQUEST);
        Answers.of(edge.post("/things/" + ID + "/cancellation", "{}")).isProblem(ProblemType.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1-1-1-1", "1", "0190a6f0-0000-7000-8000-00000000000g", ID + "0"})
    void refusesAnIdThatIsNoUuid(String id) {
        Answers.of(edge.get("/things/" + id)).isProblem(ProblemType.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00e4", "a\tb", "a\u0096b"})
    void refusesAWrongCaller(String id) {
        Answers.of(edge.get("/things", "X-Customer-Id", "a".repeat(256))).isProblem(ProblemType.MALFORMED_REQUEST);
        Answers.of(edge.raw(
                        "GET /things HTTP/1.1\r\nHost: x\r\nX-Customer-Id: " + id + "\r\nConnection: close\r\n\r\n"))
                .isProblem(ProblemType.MALFORMED_REQUEST);
        Answers.of(edge.get("/things", "X-Customer-Id", "a", "X-Customer-Id", "b"))
                .isProblem(ProblemType.MALFORMED_REQUEST);
    }

    /** Whatever OpenID Connect allows for a subject. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth0|5f7c",
                "f:0190a6f0:ada",
                "system:serviceaccount:ns:name",
                "a+b@x.de",
                "a b",
                "a/b",
                "'; drop"
            })
    void takesACallerOfPrintableCharacters(String id) {
        var answer = Answers.of(edge.post("/things", THING, "Idempotency-Key", "k", "X-Customer-Id", id));

        assertThat(answer.json().get("caller").textValue()).isEqualTo(id);
        assertThat(edge.get("/things", "X-Customer-Id", "a".repeat(255)).statusCode())
                .isEqualTo(200);
    }

    /** R21. */
    @Test
    void refusesAWrongIdempotencyKey() {
        Answers.of(edge.post("/things", THING)).isProblem(ProblemType.MALFORMED_REQUEST);
        for (var key : List.of("", "\"\"", "k".repeat(256), "\u00e4", "a\tb")) {
            var request = type("application/json") + "Idempotency-Key: " + key + "\r\nContent-Length: " + THING.length()
                    + "\r\n";
            Answers.of(edge.raw(concat(
                            bytes("POST /things HTTP/1.1\r\nHost: x\r\n"),
                            request.getBytes(StandardCharsets.ISO_8859_1),
                            bytes("Connection: close\r\n\r\n" + THING))))
                    .isProblem(ProblemType.MALFORMED_REQUEST);
        }
        Answers.of(edge.post("/things", THING, "Idempotency-Key", "a", "Idempotency-Key", "b"))
                .isProblem(ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void takesAKeyWithOrWithoutQuotes() {
        var plain = edge.post("/things", THING, "Idempotency-Key", "k-1");
        var quoted = edge.post("/things", THING, "Idempotency-Key", "\"k-1\"");

        assertThat(plain.statusCode()).isEqualTo(202);
        assertThat(quoted.body()).isEqualTo(plain.body());
        assertThat(edge.post("/things", THING, "Idempotency-Key", "k".repeat(255))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void readsAListPageByPage() {
        var first = Answers.of(edge.get("/things?limit=100")).json();
        var second = Answers.of(
                        edge.get("/things?limit=100&after=" + first.get("next").textValue()))
                .json();
        var third = Answers.of(
                        edge.get("/things?limit=100&after=" + second.get("next").textValue()))
                .json();

        assertThat(second.at("/items/0").intValue()).isEqualTo(101);
        assertThat(third.get("items")).hasSize(50);
        assertThat(third.get("next").isNull()).isTrue();
        assertThat(Answers.of(edge.get("/things")).json().get("items")).hasSize(20);
    }

    @Test
    void takesACursorOnlyFromTheCallerWhoGotIt() {
        var cursor = Answers.of(edge.get("/things", "X-Customer-Id", "ada"))
                .json()
                .get("next")
                .textValue();

        assertThat(edge.get("/things?after=" + cursor, "X-Customer-Id", "ada").statusCode())
                .isEqualTo(200);
        Answers.of(edge.get("/things?after=" + cursor, "X-Customer-Id", "bob"))
                .isProblem(ProblemType.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"///nonsense", "image/png", "text/html"})
    void answersJsonWhateverIsAccepted(String accepted) {
        assertThat(edge.get("/things", "Accept", accepted).statusCode()).isEqualTo(200);
        Answers.of(edge.get("/nowhere", "Accept", accepted)).isProblem(ProblemType.NOT_FOUND);
    }

    /** Whoever refuses it: the edge, a route or the container. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "415 | POST /things HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 1\\r\\n\\r\\nx",
                "422 | GET /things/fails/refused HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "404 | GET /nowhere HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "500 | GET /things HTTP/1.1\\r\\nHost: x\\r\\nX-Customer-Id: broken\\r\\n\\r\\n",
                "503 | GET /closed HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
                "400 | GET /things HTTP/1.1\\r\\n\\r\\n",
                "400 | nonsense\\r\\n\\r\\n"
            })
    void countsEachRefusalOnce(String status, String request) {
        var meters = edge.bean(MeterRegistry.class);
        double before = refusals(meters);

        var answer = edge.halfClosed(bytes(request.translateEscapes()));

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        await().untilAsserted(() -> assertThat(refusals(meters)).isEqualTo(before + 1));
        assertThat(meters.counter("orderflow.http.refusals", "status", status).count())
                .isPositive();
    }

    private static double refusals(MeterRegistry meters) {
        return meters.find("orderflow.http.refusals").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static String type(String mediaType) {
        return "Content-Type: " + mediaType + "\r\n";
    }

    private static byte[] post(String headers, byte[] body) {
        return concat(
                bytes("POST /things HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nConnection: close\r\n" + headers
                        + "\r\n"),
                body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        int length = Stream.of(parts).mapToInt(part -> part.length).sum();
        var all = ByteBuffer.allocate(length);
        Stream.of(parts).forEach(all::put);
        return all.array();
    }
}
