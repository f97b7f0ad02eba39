package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orderflow.http.fixture.EdgeFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * R31: what a stranger can make of a request's bytes. Whatever it is, it is answered with our headers, as a problem
 * where it is refused, and never as our failure; nothing of it comes back or is told to the log.
 */
class OddRequestsTest {

    private static final String ECHO = "zqecho";
    private static final String CHUNK = "2\r\n{}\r\n0\r\n\r\n";

    /** Spring's warnings of unknown paths and methods, and Tomcat's of odd parameters, are off, as in the app. */
    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new ThingsApi())
            .with(
                    "orderflow.http.header-timeout=1s",
                    "logging.level.org.apache.coyote.http11.Http11Processor=warn",
                    "logging.level.org.springframework.web.servlet=error",
                    "logging.level.org.springframework.web.servlet.PageNotFound=error");

    @Test
    void eachIsAnsweredAsOurs() {
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(lines);
        var softly = new SoftAssertions();

        var requests = Stream.of(lines(), hosts(), headers(), framings(), chunks())
                .flatMap(List::stream)
                .toList();
        requests.forEach(request -> check(request, softly));

        root.detachAppender(lines);
        softly.assertThat(lines.list)
                .flatExtracting(OddRequestsTest::words)
                .noneMatch(line -> line.contains(ECHO) || line.chars().anyMatch(Character::isISOControl));
        softly.assertAll();
    }

    /** The line's own, and those of what was thrown. */
    private static List<String> words(ILoggingEvent event) {
        var words = new ArrayList<>(List.of(event.getFormattedMessage()));
        for (var thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
            words.add(String.valueOf(thrown.getMessage()));
        }
        return words;
    }

    private static void check(String request, SoftAssertions softly) {
        var raw = edge.raw(request);
        softly.assertThat(raw).as(request).startsWith("HTTP/1.1 ");
        if (!raw.contains("\r\n\r\n")) {
            return;
        }
        var answer = Answers.of(raw);
        softly.assertThat(answer.status()).as(request).isBetween(200, 499);
        softly.assertThat(answer.header("X-Content-Type-Options")).as(request).isEqualTo("nosniff");
        softly.assertThat(answer.header("Cache-Control")).as(request).isEqualTo("no-store");
        softly.assertThat(answer.headers().get("X-Request-Id")).as(request).hasSize(1);
        softly.assertThat(raw).as(request).doesNotContain(ECHO);
        if (answer.status() >= 400) {
            softly.assertThat(answer.header("Content-Type")).as(request).startsWith("application/problem+json");
        }
    }

    /** HTTP/0.9 has no headers in its answers, and HTTP/2 none that could be read. */
    @Test
    void whatIsNoHttpOneIsNotAnswered() {
        for (var request : List.of(
                "GET /things\r\n\r\n",
                "GET /things\n" + ECHO + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /things\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            assertThat(edge.raw(request)).as(request).isEmpty();
        }
    }

    /** Tomcat's processors are used again, and remember HTTP/0.9 until they have read another line. */
    @Test
    void noAnswerIsWithoutAHeadAfterOneToHttpZeroNine() {
        var hello = "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "\u00aa".repeat(500);
        for (int i = 0; i < 20; i++) {
            assertThat(edge.raw("GET /things\r\n\r\n")).isEmpty();
            assertThat(edge.raw(hello)).matches("(?s)|HTTP/1\\.1 400 .*");
        }
    }

    private static List<String> lines() {
        return Stream.of(
                        "GET /things HTTP/1.0",
                        "GET /things HTTP/2.0",
                        "GET /things http/1.1",
                        "GET /things HTTP/1.1 x",
                        "PRI * HTTP/1.1",
                        "GET http://x/things HTTP/1.1",
                        "GET http://zqecho/things HTTP/1.1",
                        "GET http:///things HTTP/1.1",
                        "GET http://x:99999/things HTTP/1.1",
                        "GET ftp://x/zqecho HTTP/1.1",
                        "GET zqecho HTTP/1.1",
                        "GET //zqecho HTTP/1.1",
                        "GET /things#zqecho HTTP/1.1",
                        "OPTIONS * HTTP/1.1",
                        "OPTIONS /zqecho HTTP/1.1",
                        "TRACE /things HTTP/1.1",
                        "TRACE * HTTP/1.1",
                        "DELETE /things HTTP/1.1",
                        "HEAD /zqecho HTTP/1.1",
                        "get /things HTTP/1.1",
                        "ZQECHO /things HTTP/1.1",
                        "G\u0085T /things HTTP/1.1",
                        "CONNECT zqecho:1 HTTP/1.1",
                        "GET /" + "a".repeat(7_000) + " HTTP/1.1",
                        "GET /" + "a".repeat(70_000) + " HTTP/1.1",
                        "GET /things?" + "a=1&".repeat(2_000) + " HTTP/1.1",
                        "GET /things?zqecho[]=1 HTTP/1.1",
                        "GET /things?zqecho=%u0041 HTTP/1.1",
                        "GET /things?a%0azqecho=1 HTTP/1.1",
                        "GET /things?%c2%85zqecho=1 HTTP/1.1",
                        "GET /things?\u0085zqecho=1 HTTP/1.1",
                        "GET /things/%c2%85zqecho HTTP/1.1",
                        "GET /things/\u0085zqecho HTTP/1.1",
                        "GET /things\u0000zqecho HTTP/1.1",
                        "GET /things\\zqecho HTTP/1.1")
                .map(line -> line + "\r\nHost: x\r\nConnection: close\r\n\r\n")
                .toList();
    }

    private static List<String> hosts() {
        return Stream.of(
                        "",
                        "x:99999",
                        "x:-1",
                        "x:zqecho",
                        "[::1",
                        "[zqecho]",
                        "zqecho y",
                        "http://zqecho",
                        "zqecho@y",
                        "x%00",
                        "\u0085",
                        "\u0001",
                        "*",
                        "${jndi:zqecho}",
                        "x\r\nHost: zqecho",
                        "a".repeat(8_000))
                .map(host -> "GET /things HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                .toList();
    }

    private static List<String> headers() {
        return Stream.of(
                        "X\u0085zqecho: a",
                        "X-Customer-Id: a\u0085b",
                        "X-Customer-Id: a\r\nX-Customer-Id: zqecho",
                        "Expect: zqecho",
                        "Upgrade: h2c\r\nHTTP2-Settings: AAA",
                        "Range: zqecho",
                        "If-Modified-Since: zqecho",
                        "If-Match: zqecho",
                        "Accept: zqecho/;;",
                        "Accept-Charset: zqecho",
                        "Cookie: \u0001=zqecho",
                        "Authorization: Digest username=\"zqecho",
                        "Content-Encoding: zqecho",
                        "Content-Type: multipart/form-data; boundary=zqecho",
                        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nzqecho",
                        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 4\r\n\r\n--x-",
                        "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\b",
                        ": zqecho",
                        "zqecho",
                        "traceparent: zqecho",
                        "Origin: zqecho\u0085",
                        "X-Forwarded-For: zqecho",
                        "X-HTTP-Method-Override: DELETE",
                        "X: " + "b".repeat(20_000))
                .map(header -> "GET /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n")
                .toList();
    }

    private static List<String> framings() {
        var codings = Stream.of(
                        "chunked, chunked",
                        "gzip, chunked",
                        "chunked, gzip",
                        "identity",
                        "chunked;q=1",
                        "\"chunked\"",
                        ",chunked",
                        "zqecho",
                        "",
                        "chunked\u000b",
                        "\u0085chunked",
                        "chunked\r\nTransfer-Encoding: identity",
                        "chunked\r\nContent-Length: 3",
                        "zqecho\r\nContent-Length: 2")
                .map(coding -> post("Transfer-Encoding: " + coding, CHUNK));
        var lengths = Stream.of(
                        "+2",
                        "0x2",
                        "2,2",
                        "2, 3",
                        "99999999999999999999",
                        "",
                        "zqecho",
                        "2\u0000",
                        "2;",
                        "-0",
                        "9223372036854775807",
                        "2\r\nContent-Length: 2",
                        "2\r\nContent-Length: 3")
                .map(length -> post("Content-Length: " + length, "{}"));
        return Stream.concat(codings, lengths).toList();
    }

    private static List<String> chunks() {
        return Stream.of(
                        "2\n{}\n0\n\n",
                        "-2\r\n{}\r\n0\r\n\r\n",
                        "ffffffffffffffff\r\n{}",
                        "2\r\n{}x0\r\n\r\n",
                        "zqecho\r\n",
                        "0x2\r\n{}\r\n0\r\n\r\n",
                        "2\r\n{}\r\n0\r\nContent-Length: 5\r\nHost: zqecho\r\n\r\n",
                        "2\r\n{}\r\n0\r\nA\u0085: zqecho\r\n\r\n",
                        "2\r\n{}\r\n0\r\n:\r\n\r\n",
                        "2;" + "a".repeat(20_000) + "\r\n{}\r\n0\r\n\r\n",
                        "2\r\n{}\r\n0\r\nA: " + "b".repeat(20_000) + "\r\n\r\n",
                        "00000000000000000000002\r\n{}\r\n0\r\n\r\n")
                .map(chunks -> post("Transfer-Encoding: chunked", chunks))
                .toList();
    }

    private static String post(String framing, String body) {
        return "POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIdempotency-Key: k\r\n"
                + "Content-Type: application/json\r\n" + framing + "\r\n\r\n" + body;
    }
}
