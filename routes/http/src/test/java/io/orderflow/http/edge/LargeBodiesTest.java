package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.EdgeFixture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies are read before anybody knows who sends them, so there is a bound to what all of them may hold. */
class LargeBodiesTest {

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new ThingsApi()).with("orderflow.http.body-deadline=1m");

    private static final int BYTES = 20_000;

    @Test
    void soManyComeAtOnceAndNoMoreAndSmallOnesAllTheSame() {
        List<RawConnection> senders = new ArrayList<>();
        try {
            for (int i = 0; i <= Body.LARGE_AT_ONCE; i++) {
                senders.add(RawConnection.to(edge.port()).send(head()).send(" ".repeat(BYTES / 2)));
            }
            await().until(() -> senders.stream().anyMatch(RawConnection::hasAnswer));
            var refused = senders.stream()
                    .filter(RawConnection::hasAnswer)
                    .findFirst()
                    .orElseThrow();
            senders.remove(refused);
            Answers.of(refused.send(" ".repeat(BYTES / 2)).answer()).isProblem(ProblemType.UNAVAILABLE);
            refused.close();
            assertThat(edge.get("/things").statusCode()).isEqualTo(200);

            assertThat(senders).noneMatch(RawConnection::hasAnswer);
            Answers.of(senders.getFirst().send(" ".repeat(BYTES / 2)).answer())
                    .isProblem(ProblemType.MALFORMED_REQUEST);

            try (var next = RawConnection.to(edge.port()).send(head()).send(" ".repeat(BYTES))) {
                Answers.of(next.answer()).isProblem(ProblemType.MALFORMED_REQUEST);
            }
        } finally {
            senders.forEach(RawConnection::close);
        }
    }

    private static String head() {
        return "PUT /things/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + BYTES
                + "\r\n\r\n";
    }
}
