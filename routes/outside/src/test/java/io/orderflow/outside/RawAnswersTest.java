package io.orderflow.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.testkit.RawServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come back, and however long: what is kept of them has its bounds, the head included. */
class RawAnswersTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final Duration LONG = Duration.ofSeconds(20);
    /** By 100 ms each they take longer than anybody may wait for a cut. */
    private static final int DRIPS = 150;

    private static final Duration LATEST_CUT = Duration.ofSeconds(10);
    private static final int ENOUGH_BYTES = 32 * 1024 * 1024;

    private final CountDownLatch over = new CountDownLatch(1);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        over.countDown();
    }

    /** A server that says one thing, and then another for as long as somebody listens. */
    private RawServer saying(String first, String again) throws Exception {
        return new RawServer(socket -> {
            RawServer.readRequest(socket);
            var out = socket.getOutputStream();
            out.write(first.getBytes(StandardCharsets.US_ASCII));
            var more = again.repeat(8_000 / again.length()).getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < ENOUGH_BYTES; sent += more.length) {
                out.write(more);
            }
            out.flush();
            over.await();
        });
    }

    /** CVE-2026-54399: a head that fills the memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "| X",
                "garbage|\r\ngarbage",
                "|\r\n",
                "HTTP/1.1 200 O|K",
                OK + "X-More: |y",
                OK + "|X-More: y\r\n",
                OK + "X-More: y\r\n|  y\r\n",
                CHUNKED + "1;more=|y",
                CHUNKED + "1\r\ny\r\n0\r\n|X-More: y\r\n",
                CHUNKED + "1\r\ny\r\n0\r\nX-More: |y"
            })
    void aHeadWithoutAnEndIsCutByItsSize(String answer) throws Exception {
        var parts = answer.split("\\|");
        try (var server = saying(parts[0], parts[1])) {
            assertThatThrownBy(() -> OneCall.to(server.address(), folder, LONG, LONG))
                    .isInstanceOf(Unanswered.class)
                    .hasRootCauseInstanceOf(MessageConstraintException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHUNKED + "|2\r\nyy\r\n",
                OK + "Content-Length: 9223372036854775807\r\n\r\n|y",
                OK + "Connection: close\r\n\r\n|y"
            })
    void aBodyWithoutAnEndIsCutByItsSizeAndNotReadOn(String answer) throws Exception {
        var parts = answer.split("\\|");
        try (var server = saying(parts[0], parts[1])) {
            var began = Instant.now();

            assertThatThrownBy(() -> OneCall.to(server.address(), folder, LONG, LONG))
                    .isInstanceOf(Unanswered.class)
                    .hasRootCauseMessage("answer: more than 16384 bytes");

            assertThat(Duration.between(began, Instant.now())).isLessThan(LONG);
        }
    }

    /** Each byte comes in time, and the whole never would. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "|HTTP/1.1 200 OK",
                OK + "|X-More: y",
                OK + "Content-Length: 100\r\n\r\n|y",
                CHUNKED + "|0",
                CHUNKED + "0\r\n|X-More: y"
            })
    void anAnswerThatDripsIsCutInTime(String answer) throws Exception {
        var parts = answer.split("\\|");
        try (var dripping = new RawServer(socket -> {
            RawServer.readRequest(socket);
            socket.getOutputStream().write(parts[0].getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < DRIPS && !over.await(100, TimeUnit.MILLISECONDS); i++) {
                socket.getOutputStream().write(parts[1].charAt(Math.min(i, parts[1].length() - 1)));
                socket.getOutputStream().flush();
            }
            over.await();
        })) {
            isCutInTime(dripping);
        }
    }

    /** An answer before the answer, again and again. */
    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
    void anAnswerThatIsOnlyAnnouncedIsCutInTime(String announcement) throws Exception {
        try (var announcing = new RawServer(socket -> {
            RawServer.readRequest(socket);
            while (!over.await(10, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + announcement + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        })) {
            isCutInTime(announcing);
        }
    }

    private void isCutInTime(RawServer server) {
        var began = Instant.now();

        assertThatThrownBy(() -> OneCall.to(server.address(), folder, Duration.ofMillis(500), Duration.ofMillis(700)))
                .isInstanceOf(Unanswered.class);

        assertThat(Duration.between(began, Instant.now())).isBetween(Duration.ofMillis(600), LATEST_CUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: many",
                "Content-Length: 3\r\nContent-Length: 2",
                "Content-Length: 4",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked"
            })
    void anAnswerThatLiesAboutItsLengthIsNone(String header) throws Exception {
        try (var lying = new RawServer(socket -> {
            RawServer.readRequest(socket);
            socket.getOutputStream().write((OK + header + "\r\n\r\nyes").getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThatThrownBy(() -> OneCall.to(lying.address(), folder, LONG, LONG))
                    .isInstanceOf(Unanswered.class);
        }
    }
}
