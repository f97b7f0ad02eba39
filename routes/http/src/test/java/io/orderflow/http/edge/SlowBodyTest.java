package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.EdgeFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R32: whoever dribbles is cut off, and nobody else notices. */
class SlowBodyTest {

    @RegisterExtension
    static final EdgeFixture edge =
            EdgeFixture.of(new ThingsApi()).with("orderflow.http.body-deadline=2s", "orderflow.http.header-timeout=3s");

    private final ScheduledExecutorService dribble = Executors.newScheduledThreadPool(1);

    @AfterEach
    void stop() {
        dribble.shutdownNow();
    }

    @Test
    void cutsABodyThatComesByteByByte() throws Exception {
        try (var socket = dribbling("Content-Type: application/json\r\nContent-Length: 60000\r\n")) {
            Answers.of(read(socket)).isProblem(ProblemType.REQUEST_TIMEOUT);
        }
    }

    /** No second deadline begins with the answer. */
    @Test
    void closesWithTheAnswer() throws Exception {
        try (var socket = dribbling("Content-Type: application/json\r\nContent-Length: 60000\r\n")) {
            int first = socket.getInputStream().read();
            long answered = System.nanoTime();

            Answers.of((char) first + read(socket)).isProblem(ProblemType.REQUEST_TIMEOUT);

            assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(Duration.ofMillis(1_500));
        }
    }

    @Test
    void cutsABodyOfWhichNothingComes() throws Exception {
        try (var socket = open("Content-Type: application/json\r\nContent-Length: 60000\r\n")) {
            Answers.of(read(socket)).isProblem(ProblemType.REQUEST_TIMEOUT);
        }
    }

    /** The container reads them by itself, and gives no bytes away meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"1;extension=", "0\r\nTrailer: "})
    void cutsWhatStandsAroundChunks(String chunk) throws Exception {
        for (var expected : List.of(ProblemType.REQUEST_TIMEOUT, ProblemType.UNSUPPORTED_MEDIA_TYPE)) {
            var coding = expected == ProblemType.REQUEST_TIMEOUT ? "identity" : "gzip";
            try (var socket = open("Content-Type: application/json\r\nContent-Encoding: " + coding
                    + "\r\nTransfer-Encoding: chunked\r\n")) {
                socket.getOutputStream().write(chunk.getBytes(StandardCharsets.ISO_8859_1));
                var writing = dribble.scheduleAtFixedRate(() -> send(socket), 0, 100, TimeUnit.MILLISECONDS);
                Answers.of(read(socket)).isProblem(expected);
                writing.cancel(false);
            }
        }
    }

    /** A refused body is taken in for politeness only, and politeness ends. */
    @Test
    void cutsARefusedBodyThatComesByteByByte() throws Exception {
        try (var socket = dribbling("Content-Type: text/plain\r\nContent-Length: 60000\r\n")) {
            Answers.of(read(socket)).isProblem(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    /** It never comes to the edge's servlet; who holds a connection so would keep everybody else from it. */
    @ParameterizedTest
    @CsvSource({
        "GET /%zz, Content-Length: 60000, x, 400",
        "GET /%zz, Transfer-Encoding: chunked, 1;extension=, 400",
        "CONNECT x:1, Content-Length: 60000, x, 405",
        "CONNECT x:1, Transfer-Encoding: chunked, 1;extension=, 405"
    })
    void cutsABodyOfWhatTheContainerRefuses(String line, String framing, String beginning, int status)
            throws Exception {
        try (var socket = send(line + " HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n" + beginning)) {
            dribble.scheduleAtFixedRate(() -> send(socket), 0, 100, TimeUnit.MILLISECONDS);

            Answers.of(read(socket)).isProblem(ProblemType.of(status));
        }
    }

    /** Where nobody can tell what is a body there is none to wait for. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Host: x\r\nContent-Length: -1", "Host: a b\r\nContent-Length: 60000", "Content-Length: 60000"})
    void closesAtOnceAfterWhatIsNoHttp(String headers) throws Exception {
        long began = System.nanoTime();
        try (var socket = send("POST /things HTTP/1.1\r\n" + headers + "\r\n\r\n")) {
            Answers.of(read(socket)).isProblem(ProblemType.MALFORMED_REQUEST);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1_500));
    }

    /** What has come of it is not taken for the next request. */
    @Test
    void goesOnAfterWhatTheContainerRefuses() throws Exception {
        try (var socket = send("CONNECT x:1 HTTP/1.1\r\nHost: x\r\nContent-Length: 24\r\n\r\n"
                + "GET /things HTTP/1.1\r\n\r\n" + "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
            assertThat(read(socket).split("HTTP/1.1 "))
                    .hasSize(3)
                    .satisfies(answers -> assertThat(answers[1]).startsWith("405"))
                    .satisfies(answers -> assertThat(answers[2]).startsWith("404"));
        }
    }

    @Test
    void answersOthersMeanwhile() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                slow.add(open("Content-Type: application/json\r\nContent-Length: 60000\r\n"));
            }
            assertThat(edge.get("/things").statusCode()).isEqualTo(200);
            assertThat(isAnswered(slow.getLast())).isFalse();
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean isAnswered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    private Socket dribbling(String headers) throws IOException {
        var socket = open(headers);
        dribble.scheduleAtFixedRate(() -> send(socket), 0, 100, TimeUnit.MILLISECONDS);
        return socket;
    }

    private static void send(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket open(String headers) throws IOException {
        return send("POST /things HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }

    private static Socket send(String beginning) throws IOException {
        var socket = new Socket("localhost", edge.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** What comes until the server closes, which it must do. */
    private static String read(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException e) {
            // Closed with bytes of ours unread: what came before it counts.
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
