package io.orderflow.http.edge;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static io.orderflow.http.CallerRole.OPERATOR_STOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Answer;
import io.orderflow.http.ProblemType;
import io.orderflow.http.fixture.AuditInMemory;
import io.orderflow.http.fixture.EdgeFixture;
import io.orderflow.messaging.Backlogs;
import io.orderflow.messaging.Backlogs.Backlog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** R42: who is too fast is told when to come back, and what there is no room for is not taken in. */
class AdmissionTest {

    private static final Map<String, Backlog> BACKLOGS = new ConcurrentHashMap<>();

    @RegisterExtension
    static final EdgeFixture edge = EdgeFixture.of(new ParcelsApi())
            .with(
                    "spring.main.sources=" + Measured.class.getName(),
                    "orderflow.http.requests-per-second=1",
                    "orderflow.http.burst=3",
                    "orderflow.http.intake-max-events=10",
                    "orderflow.http.intake-max-age=30s");

    /** A service of which customers and operators want something. */
    static final class ParcelsApi extends RouteBuilder {

        @Override
        public void configure() {
            rest("/parcels")
                    .get()
                    .security(CUSTOMER)
                    .to("direct:parcels.list")
                    .post()
                    .security(CUSTOMER)
                    .to("direct:parcels.send")
                    .post("/{id}/correction")
                    .security(OPERATOR_STOCK)
                    .to("direct:parcels.correct");
            from("direct:parcels.list").setBody(constant(List.of()));
            from("direct:parcels.send").setBody(exchange -> Answer.accepted(null));
            from("direct:parcels.correct").setBody(constant(List.of()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Measured {

        @Bean
        Backlogs backlogs() {
            return role -> Optional.ofNullable(BACKLOGS.get(role));
        }
    }

    @BeforeEach
    void nothingWaits() {
        BACKLOGS.clear();
    }

    @Test
    void refusesTheCallerWhoIsTooFastAndNobodyElse() {
        for (int i = 0; i < 3; i++) {
            assertThat(post("fast").status()).isEqualTo(202);
        }
        double before = count("orderflow.http.rate.refused");

        var refused = post("fast").isProblem(ProblemType.TOO_MANY_REQUESTS);

        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(count("orderflow.http.rate.refused")).isEqualTo(before + 1);
        assertThat(post("another").status()).isEqualTo(202);
        assertThat(get("fast").status()).as("reads are counted apart").isEqualTo(200);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(post("fast").status()).isEqualTo(202));
    }

    @Test
    void limitsReadsToo() {
        for (int i = 0; i < 3; i++) {
            assertThat(get("curious").status()).isEqualTo(200);
        }

        get("curious").isProblem(ProblemType.TOO_MANY_REQUESTS);
    }

    /** An operator's calls are on record, except those of one who would flood it. */
    @Test
    void keepsTheRecordFromBeingFlooded() {
        var audit = edge.bean(AuditInMemory.class);
        int before = audit.written().size();

        for (int i = 0; i < 6; i++) {
            correct("flood");
        }

        assertThat(audit.written().size() - before).isBetween(3, 4);
    }

    @Test
    void anIdIsOnRecordInSmallLettersHoweverItWasTyped() {
        edge.post("/parcels/01A209E9-7D20-7C77-A3C4-9B0B6E1F5A21/correction", "{}", "X-Customer-Id", "grace");

        assertThat(edge.bean(AuditInMemory.class).written())
                .extracting(written -> written.call().target())
                .contains("/parcels/01a209e9-7d20-7c77-a3c4-9b0b6e1f5a21/correction");
    }

    @Test
    void takesInNoMoreThanItCanPassOn() {
        BACKLOGS.put("parcels", new Backlog(11, Duration.ZERO));
        double before = count("orderflow.http.intake.refused");

        var refused = post("ada").isProblem(ProblemType.UNAVAILABLE);

        assertThat(refused.header("Retry-After")).isEqualTo("2");
        assertThat(count("orderflow.http.intake.refused")).isEqualTo(before + 1);
        assertThat(get("ada").status()).as("looking goes on").isEqualTo(200);
        BACKLOGS.put("parcels", new Backlog(10, Duration.ofSeconds(30)));
        assertThat(post("ada").status()).isEqualTo(202);
    }

    @Test
    void takesInNoMoreWhileNothingIsPassedOn() {
        BACKLOGS.put("parcels", new Backlog(1, Duration.ofMillis(30_001)));

        post("bob").isProblem(ProblemType.UNAVAILABLE);

        BACKLOGS.put("parcels", new Backlog(0, Duration.ZERO));
        BACKLOGS.put("others", new Backlog(99, Duration.ofDays(1)));
        assertThat(post("bob").status()).as("another service's events").isEqualTo(202);
    }

    /** They may be what gets it going again. */
    @Test
    void operatorsComeInMeanwhile() {
        BACKLOGS.put("parcels", new Backlog(11, Duration.ofDays(1)));

        assertThat(correct("eve").status()).isEqualTo(200);
    }

    private static Answers post(String caller) {
        return Answers.of(edge.post("/parcels", "{}", "X-Customer-Id", caller));
    }

    private static Answers correct(String caller) {
        return Answers.of(edge.post("/parcels/1/correction", "{}", "X-Customer-Id", caller));
    }

    private static Answers get(String caller) {
        return Answers.of(edge.get("/parcels", "X-Customer-Id", caller));
    }

    private static double count(String name) {
        return edge.bean(MeterRegistry.class).find(name).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
