package io.orderflow.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a company or somebody in its place does: a call ends in time, has its bounds, and is made once. */
class LimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "yes";
    private volatile String header = "X-More";
    private volatile String value = "y";

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                var path = exchange.getRequestURI().getPath();
                asked.add(path);
                var bytes = body.getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().set(header, value);
                exchange.sendResponseHeaders(path.equals("/elsewhere") ? 200 : status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
    }

    private String call(URI address, Duration readTimeout) throws Exception {
        return OneCall.to(address, folder, readTimeout, readTimeout.multipliedBy(2));
    }

    @Test
    void anAnswerWithinItsBoundsArrivesWhole() throws Exception {
        body = "y".repeat(IncomingAnswer.MOST_BYTES);

        assertThat(call(address(), PATIENCE)).isEqualTo("200 " + body);
        assertThat(asked).containsExactly("/v1/question");
    }

    @Test
    void anAnswerThatIsTooLongIsNone() {
        body = "y".repeat(IncomingAnswer.MOST_BYTES + 1);

        assertThatThrownBy(() -> call(address(), PATIENCE))
                .isInstanceOf(Unanswered.class)
                .hasRootCauseMessage("answer: more than 16384 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "identity"})
    void aPackedAnswerIsNotUnpacked(String packed) {
        header = "Content-Encoding";
        value = packed;

        assertThatThrownBy(() -> call(address(), PATIENCE))
                .isInstanceOf(Unanswered.class)
                .hasRootCauseMessage("answer: packed");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int redirect) throws Exception {
        status = redirect;
        header = "Location";
        value = "/elsewhere";

        assertThat(call(address(), PATIENCE)).isEqualTo(redirect + " yes");
        assertThat(asked).containsExactly("/v1/question");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void nothingIsSentAgainBehindTheWorkersBack(int notNow) throws Exception {
        status = notNow;
        header = "Retry-After";
        value = "0";

        assertThat(call(address(), PATIENCE)).isEqualTo(notNow + " yes");
        assertThat(asked).containsExactly("/v1/question");
    }

    @Test
    void anAnswerThatDoesNotComeIsWaitedForInBounds() throws Exception {
        try (var silent = new RawServer(socket -> over.await())) {
            assertThatThrownBy(() -> call(silent.address(), Duration.ofMillis(500)))
                    .isInstanceOf(Unanswered.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aConnectionThatBreaksIsNoAnswer() throws Exception {
        try (var breaking = new RawServer(socket -> {
            RawServer.readRequest(socket);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n{".getBytes());
        })) {
            assertThatThrownBy(() -> call(breaking.address(), PATIENCE)).isInstanceOf(Unanswered.class);
        }
        var nobody = URI.create("http://localhost:" + Ports.free() + "/v1");
        assertThatThrownBy(() -> call(nobody, PATIENCE)).isInstanceOf(Unanswered.class);
    }

    /** The route takes every header away; behind it stands a list of what may pass. */
    @Test
    void noOtherHeaderMayPassInEitherDirection() throws IOException {
        var settings = new OutsideSettings("http://localhost", folder, PATIENCE, PATIENCE, PATIENCE, PATIENCE, false);
        try (var connections = new Connections(OneCall.CARRIER, settings, 1)) {
            assertThat(connections.applyFilterToCamelHeaders("Authorization", "Bearer", null))
                    .isFalse();
            assertThat(connections.applyFilterToCamelHeaders("X-Customer-Id", "ada", null))
                    .isTrue();
            assertThat(connections.applyFilterToExternalHeaders("Content-Type", "application/json", null))
                    .isFalse();
            assertThat(connections.applyFilterToExternalHeaders("CamelHttpUri", "http://elsewhere", null))
                    .isTrue();
        }
    }
}
