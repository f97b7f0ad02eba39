package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.fixture.EdgeFixture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R32: a head comes in within its deadline, however often something of it comes. */
class SlowHeadTest {

    private static final String GET = "GET /things/nothing/at-all HTTP/1.1\r\nHost: x\r\n";

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new ThingsApi())
            .with(
                    "orderflow.http.head-deadline=1s",
                    "orderflow.http.header-timeout=2s",
                    "orderflow.http.keep-alive=1m");

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", GET + "X: ", "\r\n"})
    void cutsWhatComesByteByByte(String beginning) {
        try (var connection = RawConnection.to(edge.port())) {
            connection.send(beginning).dribble(beginning.isBlank() ? "\r\n" : "x", clock);

            assertThat(connection.rest()).isEmpty();
        }
    }

    /** The first request is answered; what follows is a head of its own. */
    @Test
    void cutsTheHeadOfALaterRequest() {
        try (var connection = RawConnection.to(edge.port())) {
            assertThat(connection.send(GET + "\r\n").answer()).startsWith("HTTP/1.1 204");

            connection.send(GET).dribble("X: x\r\n", clock);

            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void takesAHeadInPieces() {
        try (var connection = RawConnection.to(edge.port())) {
            for (int i = 0; i < 3; i++) {
                connection.send("\r\n").send("GET /things/nothing/at-all HT").send("TP/1.1\r\nHost: x\r");

                assertThat(connection.send("\n\r\n").answer()).startsWith("HTTP/1.1 204");
            }
        }
    }

    /** Between requests a connection waits for as long as it is said, which is not for the rest of a head. */
    @Test
    void keepsAConnectionThatIsIdle() {
        try (var idle = RawConnection.to(edge.port());
                var silent = RawConnection.to(edge.port())) {
            assertThat(idle.send(GET + "\r\n").answer()).startsWith("HTTP/1.1 204");

            assertThat(silent.rest()).as("never says anything, and is cut").isEmpty();

            assertThat(idle.send(GET + "\r\n").answer()).startsWith("HTTP/1.1 204");
        }
    }
}
