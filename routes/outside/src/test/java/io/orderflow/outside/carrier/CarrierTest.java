package io.orderflow.outside.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.outside.CallRoutes;
import io.orderflow.outside.Company;
import io.orderflow.outside.Unanswered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.EndpointInject;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A new service calls its company as it is wired, over a real connection. */
@CamelSpringBootTest
@SpringBootTest(
        classes = CarrierTest.App.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {"spring.jmx.enabled=false", "orderflow.shipping.http.open-for=500ms"})
class CarrierTest {

    @EnableAutoConfiguration
    @Import(ShippingModule.class)
    static class App {}

    @TempDir
    static Path folder;

    private static final List<Headers> ASKED = new CopyOnWriteArrayList<>();
    private static HttpServer server;
    private static Path key;
    private static volatile int status = 200;

    @DynamicPropertySource
    static void carrier(DynamicPropertyRegistry registry) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/v1/parcels/", exchange -> {
            try (exchange) {
                ASKED.add(exchange.getRequestHeaders());
                var parcel = exchange.getRequestURI().getPath().substring("/v1/parcels/".length());
                var grams = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
                var body = (parcel + " has label " + grams).getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().set("Content-Type", "text/plain");
                exchange.getResponseHeaders().set("Set-Cookie", "a=b");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        key = Files.writeString(folder.resolve("key"), "first-key\n");
        registry.add(
                "orderflow.shipping.http.url",
                () -> "http://localhost:" + server.getAddress().getPort() + "/v1");
        registry.add("orderflow.shipping.http.api-key-file", () -> key);
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Autowired
    CamelContext camel;

    @Autowired
    ProducerTemplate worker;

    @Autowired
    CallRoutes<Parcel, Label> calls;

    @Autowired
    Company company;

    @Autowired
    MeterRegistry meters;

    @Autowired
    HealthContributorRegistry health;

    @EndpointInject("mock:labels")
    MockEndpoint labels;

    @BeforeEach
    void beginAnew() {
        status = 200;
        company.circuit().reset();
        labels.reset();
        ASKED.clear();
    }

    @Test
    void aWorkerSendsAParcelAndGoesOnWithItsLabel() throws Exception {
        labels.expectedBodiesReceived(new Label("250"));
        labels.expectedHeaderReceived("attempt", 1);

        worker.sendBodyAndHeaders(
                "direct:parcels",
                new Parcel("parcel-1", 250),
                Map.of("attempt", 1, "CamelHttpUri", "http://elsewhere.example", "X-Customer-Id", "ada"));

        labels.assertIsSatisfied();
        assertThat(camel.getRoute("shipping.call-carrier")).isNotNull();
    }

    @Test
    void onlyOurHeadersGoOutAndNoneComesBack() {
        calls.call(new Parcel("parcel-1", 250));
        calls.call(new Parcel("parcel-1", 250));

        assertThat(ASKED).hasSize(2).allSatisfy(headers -> {
            assertThat(headers.keySet())
                    .containsExactlyInAnyOrder(
                            "Host",
                            "Connection",
                            "User-agent",
                            "Accept",
                            "Authorization",
                            "Content-type",
                            "Content-length");
            assertThat(headers.getFirst("Accept")).isEqualTo("text/plain");
            assertThat(headers.getFirst("Content-type")).isEqualTo("text/plain");
        });
    }

    @Test
    void aNewKeyNeedsNoRestart() throws Exception {
        calls.call(new Parcel("parcel-1", 250));
        Files.writeString(key, "second-key\n");
        calls.call(new Parcel("parcel-1", 250));

        assertThat(ASKED.stream().map(headers -> headers.getFirst("Authorization")))
                .containsExactly("Bearer first-key", "Bearer second-key");
    }

    @Test
    void whatTheServiceDoesNotUnderstandIsNoAnswer() {
        status = 503;

        assertThatThrownBy(() -> calls.call(new Parcel("parcel-1", 250)))
                .isInstanceOf(Unanswered.class)
                .hasMessage("carrier: status 503 (expected: 200, text/plain)");
        assertThatThrownBy(() -> worker.sendBody("direct:parcels", new Parcel("parcel-1", 250)))
                .as("so that the worker makes the call again")
                .isInstanceOf(CamelExecutionException.class)
                .hasCauseInstanceOf(Unanswered.class);
    }

    @Test
    void aPathThatWouldLeadElsewhereIsNotSent() {
        for (var key :
                List.of("", "..", "../labels", "1?all=true", "1#x", "1%2f", "1;a=b", "a//b", "a b", "@elsewhere")) {
            assertThatThrownBy(() -> calls.call(new Parcel(key, 250)))
                    .as(key)
                    .isInstanceOf(Unanswered.class)
                    .hasStackTraceContaining("path: not sent (expected: /segments of letters, digits and . _ ~ -)");
        }
        assertThat(ASKED).isEmpty();
    }

    @Test
    void aCompanyThatDoesNotAnswerIsLeftAloneForAWhile() {
        var shown = (HealthIndicator) health.getContributor("carrier");
        assertThat(shown.health().getStatus()).isEqualTo(Status.UP);
        status = 503;

        await().until(() -> {
            assertThatThrownBy(() -> calls.call(new Parcel("parcel-1", 250))).isInstanceOf(Unanswered.class);
            return shown.health().getStatus().equals(Status.DOWN);
        });
        int made = ASKED.size();
        assertThat(made).as("calls before it is left alone").isEqualTo(10);
        assertThat(meters.get("shipping.carrier.open").gauge().value()).isEqualTo(1);
        assertThatThrownBy(() -> calls.call(new Parcel("parcel-1", 250)))
                .isInstanceOf(Unanswered.class)
                .hasMessage("carrier: it is not called for a while, too many calls got no answer");
        assertThat(ASKED).hasSize(made);

        status = 200;
        await().ignoreExceptions().until(() -> calls.call(new Parcel("parcel-1", 250)), new Label("250")::equals);
        assertThat(shown.health().getStatus()).isEqualTo(Status.UP);
        assertThat(meters.get("shipping.carrier.open").gauge().value()).isZero();
    }

    @Test
    void itIsNeverCalledInsideATransaction() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            assertThatThrownBy(() -> calls.call(new Parcel("parcel-1", 250)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("carrier: called inside a transaction (expected: by a worker)");
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
        }
        assertThat(ASKED).isEmpty();
    }
}
