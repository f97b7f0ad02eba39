package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.EdgeFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that nobody reads are few for each caller, and not kept for long. */
class SlowReaderTest {

    /** More than the system keeps for a reader who does not read. */
    private static final int LARGE = 32 * 1024 * 1024;

    /** Twenty a second: the answer makes progress all the time, and would take half a minute. */
    private static final int SIP = 64 * 1024;

    /** Larger than a packet of the loopback interface, so that each sip lets the next one come. */
    private static final int WINDOW = 8 * SIP;

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new LargeApi())
            .with(
                    "orderflow.http.answer-deadline=1s",
                    "orderflow.http.header-timeout=4s",
                    "orderflow.http.requests-under-way=3");

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

    /** Gives more than one wants to read. */
    static final class LargeApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/large").get().security(CUSTOMER).to("direct:large.read");
            rest("/small").get().security(CUSTOMER).to("direct:large.small");
            from("direct:large.read").routeId("large.read").setBody(exchange -> "\"" + "x".repeat(LARGE) + "\"");
            from("direct:large.small").routeId("large.small").setBody(exchange -> "{}");
        }
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    /** At this pace it would read for half a minute, and never be silent. */
    @Test
    void cutsAReaderWhoTakesALittleAtATime() {
        double before = lost();
        try (var reader = asking("sips")) {
            reader.sip(SIP, clock);

            await().untilAsserted(() -> assertThat(lost()).isEqualTo(before + 1));
        }
    }

    @Test
    void refusesACallerWhoReadsNothing() {
        List<RawConnection> unread = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            unread.add(asking("mute"));
        }
        await().until(() -> unread.stream().allMatch(RawConnection::hasAnswer));
        double before = refused();

        var answer = Answers.of(edge.get("/small", "X-Customer-Id", "mute")).isProblem(ProblemType.TOO_MANY_REQUESTS);

        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.body()).contains("requests: too many at once (expected: at most 3 whose answers");
        assertThat(refused()).isEqualTo(before + 1);
        assertThat(edge.get("/small", "X-Customer-Id", "another").statusCode()).isEqualTo(200);

        unread.forEach(RawConnection::close);
        await().untilAsserted(() -> assertThat(
                        edge.get("/small", "X-Customer-Id", "mute").statusCode())
                .isEqualTo(200));
    }

    /** As many as one likes, one after the other: each is over with its answer. */
    @Test
    void countsWhatIsUnderWayAndNothingElse() {
        for (int i = 0; i < 10; i++) {
            assertThat(edge.get("/small", "X-Customer-Id", "brisk").statusCode())
                    .isEqualTo(200);
        }
    }

    private static RawConnection asking(String caller) {
        return RawConnection.to(edge.port(), WINDOW)
                .send("GET /large HTTP/1.1\r\nHost: x\r\nX-Customer-Id: " + caller + "\r\n\r\n");
    }

    private static double lost() {
        return count("orderflow.http.answers.lost");
    }

    private static double refused() {
        return count("orderflow.http.under.way.refused");
    }

    private static double count(String name) {
        return edge.bean(MeterRegistry.class).get(name).counter().count();
    }
}
