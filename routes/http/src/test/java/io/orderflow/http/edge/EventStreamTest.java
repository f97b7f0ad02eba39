package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Answer;
import io.orderflow.http.EventStream;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Request;
import io.orderflow.http.WaitingRoom;
import io.orderflow.http.fixture.EdgeFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of events is written as HTML has it, and ends by itself, with its process, and with its reader. */
@Timeout(90)
class EventStreamTest {

    private static final int SIP = 64 * 1024;

    /** The smaller it is, the sooner the system keeps no more for a reader. */
    private static final int WINDOW = 8 * SIP;

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new StreamsApi())
            .with(
                    "orderflow.http.longest-stream=2s",
                    "orderflow.http.heartbeat=300ms",
                    "orderflow.http.answer-deadline=1s",
                    "orderflow.http.header-timeout=4s");

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

    /** What a stream of this kind tells. */
    static final class Told implements EventStream {

        private final String kind;
        private final int last;
        private final WaitingRoom.Place place;
        private int told;

        Told(String kind, int last, WaitingRoom.Place place) {
            this.kind = kind;
            this.last = last;
            this.place = place;
            this.told = last;
        }

        @Override
        public List<Event> next(Duration patience) {
            if (kind.equals("fails") && told > last) {
                throw new IllegalStateException("secret");
            }
            if (kind.equals("large")) {
                return List.of(new Event(++told, "x".repeat(32 * 1024 * 1024)));
            }
            if (told >= 2) {
                place.await(() -> false, patience);
                return List.of();
            }
            return List.of(new Event(++told, Map.of("number", told)));
        }

        @Override
        public boolean isOver() {
            return kind.equals("short") && told == 2 || !place.isOpen();
        }
    }

    /** Streams by what they do. */
    static final class StreamsApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/streams").get("/{kind}").security(CUSTOMER).to("direct:streams.show");
            from("direct:streams.show")
                    .routeId("streams.show")
                    .setBody(exchange -> Answer.ok(new Told(
                            Request.path(exchange, "kind"),
                            EventStream.lastId(exchange),
                            WaitingRoom.of(exchange).enter().orElseThrow())));
        }
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
        edge.bean(Waits.class).start();
    }

    @Test
    void tellsWhatHappensUntilNothingWill() {
        var answer = Answers.of(edge.get("/streams/short"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(answer.headers()).containsKey("X-Request-Id").doesNotContainKey("Content-Length");
        assertThat(answer.body())
                .isEqualTo("retry: 2000\n\nid: 1\ndata: {\"number\":1}\n\nid: 2\ndata: {\"number\":2}\n\n");
    }

    @Test
    void goesOnWhereItsReaderStopped() {
        assertThat(edge.get("/streams/short", "Last-Event-ID", "1").body())
                .isEqualTo("retry: 2000\n\nid: 2\ndata: {\"number\":2}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "01", "1.0", "1234567890", "\"1\""})
    void refusesAPlaceThatIsNone(String id) {
        Answers.of(edge.get("/streams/short", "Last-Event-ID", id)).isProblem(ProblemType.MALFORMED_REQUEST);
    }

    /** So that neither side takes the other for gone; and nobody holds a connection for ever. */
    @Test
    void saysThatItIsThereAndEndsAfterItsTime() {
        long began = System.nanoTime();

        var body = edge.get("/streams/long").body();

        assertThat(body).startsWith("retry: 2000\n\nid: 1\n").contains("\n\n:\n\n:\n\n:\n\n");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    @Test
    void endsWithTheProcess() {
        try (var reader = asking("long")) {
            await().until(() -> waiting() == 1);
            edge.bean(Waits.class).stop();

            assertThat(reader.rest()).contains("id: 2").endsWith("0\r\n\r\n");
        }
    }

    /** Its head is out: its reader comes again, and is told then. */
    @Test
    void endsWhereItFails() {
        var answer = edge.get("/streams/fails");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("id: 1").doesNotContain("secret", "id: 2");
        await().until(() -> waiting() == 0);
    }

    @Test
    void aHeadIsOnlyAHead() {
        var answer = Answers.of(edge.raw("HEAD /streams/long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        assertThat(answer.body()).isEmpty();
        await().until(() -> waiting() == 0);
    }

    /** Who takes a little at a time is never silent; a piece has its deadline all the same. */
    @Test
    void cutsAReaderWhoIsSlow() {
        double before = lost();
        try (var reader = asking("large")) {
            reader.sip(SIP, clock);

            await().untilAsserted(() -> assertThat(lost()).isEqualTo(before + 1));
            await().until(() -> waiting() == 0);
        }
    }

    @Test
    void cutsAReaderWhoReadsNothing() {
        double before = lost();
        try (var reader = asking("large")) {
            await().untilAsserted(() -> assertThat(lost()).isEqualTo(before + 1));
            await().until(() -> waiting() == 0);
            assertThat(reader.hasAnswer()).isTrue();
        }
    }

    @Test
    void forgetsAReaderWhoIsGone() {
        double before = lost();
        var reader = asking("long");
        await().until(reader::hasAnswer);
        reader.close();

        await().untilAsserted(() -> assertThat(lost()).isEqualTo(before + 1));
        await().until(() -> waiting() == 0);
    }

    private static RawConnection asking(String kind) {
        return RawConnection.to(edge.port(), WINDOW)
                .send("GET /streams/" + kind + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    private static double lost() {
        return edge.bean(MeterRegistry.class)
                .get("orderflow.http.answers.lost")
                .counter()
                .count();
    }

    private static double waiting() {
        return edge.bean(MeterRegistry.class)
                .get("orderflow.http.waits")
                .gauge()
                .value();
    }
}
