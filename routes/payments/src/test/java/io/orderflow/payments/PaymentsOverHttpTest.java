package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.outside.Company;
import io.orderflow.provider.Faults;
import io.orderflow.provider.ProviderServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * Payments as it is wired, with a provider over HTTP: the same stories, and what only happens between two companies.
 */
@TestPropertySource(
        properties = {
            "orderflow.payments.provider=http",
            "orderflow.payments.http.read-timeout=500ms",
            "orderflow.payments.http.total-timeout=1s",
            "orderflow.payments.http.open-for=2s"
        })
class PaymentsOverHttpTest extends PaymentsModuleTest {

    private static HikariDataSource pool;
    private static ProviderServer server;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        pool = ProviderOverHttp.pool();
        server = ProviderOverHttp.server(pool);
        registry.add("orderflow.payments.http.url", server::address);
        registry.add("orderflow.payments.http.api-key-file", AdapterOverHttp::keyFile);
    }

    @AfterAll
    static void stop() {
        server.close();
        pool.close();
    }

    @Autowired
    Company company;

    @Autowired
    MeterRegistry figures;

    @Override
    JdbcTemplate books() {
        return new JdbcTemplate(pool);
    }

    @Override
    List<String> furtherRoutes() {
        return List.of("payments.call-provider");
    }

    /** Only where it is what is tested: it makes the workers wait. */
    @BeforeEach
    void leaveTheCircuitOut() {
        company.circuit().transitionToDisabledState();
    }

    @Test
    void anyFaultEndsWithTheRightMoney() {
        var kept = Stream.generate(UUID::randomUUID).limit(40).toList();
        var calledOff = Stream.generate(UUID::randomUUID).limit(40).toList();
        server.simulator()
                .faults(Faults.of(
                        "time-out-after-charge=20,time-out=10,late-refusal=10,unavailable=20,slow=10,garbage=20,"
                                + "answered-twice=20,refund-fails=30",
                        7));
        try {
            Stream.concat(kept.stream(), calledOff.stream()).forEach(id -> tell(created(id, "tok_visa")));
            calledOff.forEach(id -> tell(cancelled(id)));
            Stream.concat(kept.stream(), calledOff.stream()).forEach(id -> await().until(() -> workOf(id) == 0));
        } finally {
            server.simulator().faults(Faults.none());
        }

        for (var id : kept) {
            var state = state(id).orElseThrow();
            assertThat(state).isIn(Payment.State.CAPTURED, Payment.State.DECLINED);
            assertThat(kept(id)).isEqualTo(state == Payment.State.CAPTURED ? TOTAL.amountMinor() : 0);
        }
        for (var id : calledOff) {
            assertThat(state(id)).get().isIn(Payment.State.REFUNDED, Payment.State.VOIDED);
            assertThat(kept(id)).isZero();
        }
    }

    @Test
    void aProviderThatDoesNotAnswerIsLeftAloneAndConsumersGoOn() {
        company.circuit().reset();
        server.simulator().faults(Faults.of("unavailable=100", 1));
        List<UUID> orders = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                orders.add(UUID.randomUUID());
                tell(created(orders.getLast(), "tok_visa"));
            }
            await().until(() -> company.health().getStatus().equals(Status.DOWN));
            assertThat(figures.get("payments.provider.open").gauge().value()).isEqualTo(1);
            var late = UUID.randomUUID();
            tell(created(late, "tok_visa"));
            orders.add(late);
            assertThat(orders).allSatisfy(id -> assertThat(state(id)).contains(Payment.State.REQUESTED));
            tell(cancelled(orders.getFirst()));
            assertThat(state(orders.getFirst())).contains(Payment.State.UNDOING);
        } finally {
            server.simulator().faults(Faults.none());
        }

        orders.forEach(id -> await().until(() -> workOf(id) == 0));
        assertThat(company.health().getStatus()).isEqualTo(Status.UP);
        assertThat(figures.get("payments.provider.open").gauge().value()).isZero();
        assertThat(kept(orders.getFirst())).isZero();
        assertThat(orders.subList(1, orders.size())).allSatisfy(id -> {
            assertThat(state(id)).contains(Payment.State.CAPTURED);
            assertThat(kept(id)).isEqualTo(TOTAL.amountMinor());
        });
    }

    @Test
    void noSecretIsInLogsOrFigures() {
        var log = new ListAppender<ILoggingEvent>();
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        log.setContext(context);
        log.start();
        root.addAppender(log);
        var ours = context.getLogger("io.orderflow");
        var before = ours.getLevel();
        ours.setLevel(Level.TRACE);
        try {
            tell(created("tok_garbage_canary"));
            tell(created(UUID.randomUUID(), "tok_garbage"));
            var order = UUID.randomUUID();
            tell(created(order, "tok_unavailable"));
            await().until(() -> workOf(order) == 0);
        } finally {
            ours.setLevel(before);
            root.detachAppender(log);
        }

        var lines = log.list.stream()
                .map(event -> event.getFormattedMessage()
                        + event.getMDCPropertyMap()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .collect(Collectors.joining("\n"));
        assertThat(lines).contains("attempt 1 fails").doesNotContain(AdapterOverHttp.API_KEY, "tok_");
        assertThat(figures.getMeters().toString()).doesNotContain(AdapterOverHttp.API_KEY, "tok_");
    }
}
