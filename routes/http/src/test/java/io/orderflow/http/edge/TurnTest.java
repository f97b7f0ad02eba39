package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SocketWrapperBase<?> socket =
            new NioEndpoint.NioSocketWrapper(new NioChannel(new SocketBufferHandler(64, 64, false)), new NioEndpoint());

    @Test
    void anAnswerHasSoMuchTime() {
        var turn = new Turn(socket, PATIENCE, Duration.ofMillis(1), () -> false);

        turn.answering();

        await().until(() -> socket.getWriteTimeout() == 1);
        turn.end();
        assertThat(socket.getWriteTimeout()).as("for the next one").isEqualTo(PATIENCE.toMillis());
    }

    /** What would be a body or an answer that is cut, of a request that came in time. */
    @Test
    void anAlarmThatComesTooLateStopsNobody() {
        var turn = new Turn(socket, PATIENCE, Duration.ofDays(1), () -> false);
        turn.stopReading();
        assertThat(socket.getReadTimeout()).isEqualTo(1);
        turn.end();
        assertThat(socket.getReadTimeout()).isEqualTo(PATIENCE.toMillis());

        turn.stopReading();

        assertThat(socket.getReadTimeout()).isEqualTo(PATIENCE.toMillis());
    }

    @Test
    void whatIsToBeDoneAtItsEndIsDoneOnce() {
        List<String> done = new ArrayList<>();
        var turn = new Turn(socket, PATIENCE, Duration.ofDays(1), () -> false);
        turn.atEnd(() -> done.add("done"));

        turn.end();
        turn.end();

        assertThat(done).containsExactly("done");
    }
}
