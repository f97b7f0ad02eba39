package io.orderflow.messaging.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.inbound.SaidFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What fails in a consumer is said by the adapter, or else here. */
class FailedExchangesTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailedExchanges.class);
    private final Logger adapter = (Logger) LoggerFactory.getLogger("io.orderflow.messaging.inbound.DeliverBatch");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @AfterEach
    void hush() {
        logger.detachAppender(log);
        adapter.detachAppender(log);
    }

    @Test
    void anErrorInAConsumerIsSaidWithItsStack() {
        var place = CounterApp.Place.fresh();
        try (var app = new CounterApp(place)) {
            listen();
            var order = UUID.randomUUID();
            app.counter().broken.set(new StackOverflowError("deep"));
            place.write(CounterApp.created(order));

            await().atMost(Duration.ofSeconds(30)).until(() -> !errors().isEmpty());
            app.counter().broken.set(null);
            assertThat(errors().getFirst().getFormattedMessage()).startsWith("inventory: order_events: gives");
            assertThat(errors().getFirst().getThrowableProxy().getStackTraceElementProxyArray())
                    .isNotEmpty();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !app.effects(order).isEmpty());
        }
    }

    @Test
    void whatTheAdapterHasSaidAndWhatIsAwayIsNotSaidAgain() throws Exception {
        listen();
        try (var outages = new Outages(() -> {}, () -> {});
                var camel = new DefaultCamelContext()) {
            var handler = new FailedExchanges("kafka:order_events?additionalProperties.x=secret", outages);
            var said = new DefaultExchange(camel);
            SaidFailures.add(said);
            handler.handleException("fails", said, new IllegalStateException("said"));
            handler.handleException("fails", new DefaultExchange(camel), new SQLException("gone", "08006"));

            handler.handleException("fails", new DefaultExchange(camel), new NullPointerException("header"));
        }
        assertThat(errors()).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .startsWith("kafka:order_events: fails")
                .doesNotContain("secret"));
    }

    private void listen() {
        log.start();
        logger.addAppender(log);
        adapter.addAppender(log);
    }

    private List<ILoggingEvent> errors() {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .toList();
    }
}
