package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.OPERATOR_STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.http.Audit;
import io.orderflow.http.Caller;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.fixture.AuditInMemory;
import io.orderflow.http.fixture.EdgeFixture;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit's rows are for good: strangers may not fill it, and what operators do is in it all the same. */
class RefusedCallsTest {

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new ShelvesApi());

    /** Lets nobody clear one shelf, refuses another, and clears all others. */
    static final class ShelvesApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/shelves").post("/{id}/clearance").security(OPERATOR_STOCK).to("direct:shelves.clear");
            from("direct:shelves.clear").routeId("shelves.clear").process(exchange -> {
                if (Request.path(exchange, "id").equals("closed")) {
                    throw new Refusal(Problem.of(ProblemType.FORBIDDEN, null));
                }
                if (Request.path(exchange, "id").equals("full")) {
                    throw new Refusal(Problem.conflict("shelf: full (expected: empty)"));
                }
            });
        }
    }

    @Test
    void areWrittenUntilThereAreTooManyOfOneCaller() {
        for (int i = 0; i < RefusedCalls.AT_ONCE + 5; i++) {
            Answers.of(edge.post("/shelves/closed/clearance", "{}", "X-Customer-Id", "eve"))
                    .isProblem(ProblemType.FORBIDDEN);
        }

        assertThat(results("eve")).hasSize(RefusedCalls.AT_ONCE).containsOnly("FORBIDDEN");
        assertThat(edge.bean(MeterRegistry.class)
                        .get("orderflow.http.audit.unwritten")
                        .counter()
                        .count())
                .isEqualTo(5);
        edge.post("/shelves/1/clearance", "{}", "X-Customer-Id", "eve");
        assertThat(results("eve")).hasSize(RefusedCalls.AT_ONCE + 1).endsWith(Audit.DONE);
        edge.post("/shelves/closed/clearance", "{}", "X-Customer-Id", "bob");
        assertThat(results("bob")).containsExactly("FORBIDDEN");
    }

    /** Else who may release could first have many calls refused, and then go on unseen. */
    @Test
    void ofWhoMayMakeThemAreAllWritten() {
        for (int i = 0; i < RefusedCalls.AT_ONCE + 5; i++) {
            edge.post("/shelves/full/clearance", "{}", "X-Customer-Id", "amy");
        }

        assertThat(results("amy")).hasSize(RefusedCalls.AT_ONCE + 5).containsOnly("CONFLICT");
    }

    @Test
    void oneMoreIsWrittenEachMinute() {
        var clock = new Clock();
        var calls = new RefusedCalls(clock, new SimpleMeterRegistry());
        var eve = new Caller("eve");
        IntStream.range(0, RefusedCalls.AT_ONCE)
                .forEach(i -> assertThat(calls.isWritten(eve)).isTrue());
        assertThat(calls.isWritten(eve)).isFalse();

        clock.nanos += Duration.ofSeconds(59).toNanos();
        assertThat(calls.isWritten(eve)).isFalse();
        clock.nanos += Duration.ofSeconds(1).toNanos();
        assertThat(calls.isWritten(eve)).isTrue();
        assertThat(calls.isWritten(eve)).isFalse();
    }

    private static List<String> results(String caller) {
        return edge.bean(AuditInMemory.class).written().stream()
                .filter(written -> written.call().caller().id().equals(caller))
                .map(AuditInMemory.Written::result)
                .toList();
    }

    private static final class Clock implements TimeMeter {

        private long nanos;

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
