package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.http.fixture.EdgeFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R32: where as many connections are open as may be, those that wait make room, and those that work stay. */
class CrowdedPortTest {

    private static final int MOST = 16;
    private static final String GET = "GET /rooms HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String GET_GUARDED = "GET /rooms/guarded HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Semaphore INSIDE = new Semaphore(0);
    private static final Semaphore GATE = new Semaphore(0);

    /** Nothing of what waits ends by itself while a test runs. */
    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new RoomsApi())
            .with(
                    "orderflow.http.max-connections=" + MOST,
                    "orderflow.http.head-deadline=10m",
                    "orderflow.http.header-timeout=10m",
                    "orderflow.http.keep-alive=10m");

    private final List<RawConnection> open = new ArrayList<>();

    /** Answers at once, or when somebody opens the gate. */
    static final class RoomsApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/rooms")
                    .get()
                    .security(CUSTOMER)
                    .to("direct:rooms.show")
                    .get("/guarded")
                    .security(CUSTOMER)
                    .to("direct:rooms.wait");
            from("direct:rooms.show").routeId("rooms.show").setBody(exchange -> "{}");
            from("direct:rooms.wait").routeId("rooms.wait").process(exchange -> {
                INSIDE.release();
                GATE.acquire();
            });
        }
    }

    @AfterEach
    void leave() {
        open.forEach(RawConnection::close);
    }

    /** Connections that say nothing, that have begun a head, and that have been answered and are kept. */
    @ParameterizedTest
    @ValueSource(strings = {"", "GET /rooms HTTP/1.1\r\nHost: ", GET})
    void newcomersTakeThePlaceOfTheLongestIdle(String said) {
        for (int i = 0; i < 3 * MOST; i++) {
            var connection = connect().send(said);
            if (said.equals(GET)) {
                assertThat(connection.answer()).startsWith("HTTP/1.1 200");
            }
        }

        var newcomer = connect().send(GET);

        assertThat(newcomer.answer()).startsWith("HTTP/1.1 200");
        assertThat(open.getFirst().rest()).as("the first is gone").isEmpty();
        assertThat(newcomer.send(GET).answer()).as("the last is still here").startsWith("HTTP/1.1 200");
    }

    /** Of many that may be closed; it is idle for longer by milliseconds, which is how the port counts. */
    @Test
    void theLongestIdleGoesFirst() {
        assertThat(connect().send(GET).answer()).startsWith("HTTP/1.1 200");
        long first = System.nanoTime();
        await().until(() -> System.nanoTime() - first > TimeUnit.MILLISECONDS.toNanos(50));
        for (int i = 2; i < MOST; i++) {
            assertThat(connect().send(GET).answer()).startsWith("HTTP/1.1 200");
        }
        long began = System.nanoTime();
        await().until(() -> System.nanoTime() - began > TimeUnit.SECONDS.toNanos(1));

        connect();

        assertThat(open.getFirst().rest()).isEmpty();
        assertThat(open.get(MOST - 2).send(GET).answer()).startsWith("HTTP/1.1 200");
    }

    @Test
    void aRequestThatIsUnderWayKeepsItsConnection() throws InterruptedException {
        for (int i = 0; i < MOST; i++) {
            connect().send(GET_GUARDED);
            INSIDE.acquire();
        }
        var newcomer = connect().send(GET);

        GATE.release();

        assertThat(newcomer.answer()).as("comes in when the first is answered").startsWith("HTTP/1.1 200");
        GATE.release(MOST - 1);
        await().untilAsserted(() ->
                assertThat(open).filteredOn(RawConnection::hasAnswer).hasSize(MOST));
    }

    /** Each body comes in time, and each next head with its end, so that no connection ever waits. */
    @Test
    void whoeverSendsTheNextRequestWithTheEndOfTheLastKeepsNobodyOut() throws Exception {
        var head = "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{";
        for (int i = 0; i < MOST; i++) {
            connect().send(head);
        }
        var clock = Executors.newScheduledThreadPool(1);
        try {
            open.forEach(one -> one.dribble("}" + head, clock));

            assertThat(connect().send(GET).answer()).startsWith("HTTP/1.1 200");
        } finally {
            clock.shutdownNow();
        }
    }

    private RawConnection connect() {
        var connection = RawConnection.to(edge.port());
        open.add(connection);
        return connection;
    }
}
