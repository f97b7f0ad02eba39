package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SagaWatchTest {

    private final OpenOrdersInMemory open = new OpenOrdersInMemory();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SagaWatch watch = new SagaWatch(open, Duration.ofMinutes(20), Duration.ofMinutes(5), meters);
    private final Logger logger = (Logger) LoggerFactory.getLogger(SagaWatch.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    @Test
    void knowsNothingBeforeItHasCounted() {
        assertThat(meters.get("orders.unsettled").gauge().value()).isNaN();
    }

    @Test
    void warnsWhenMoreAreOverdueAndNotWhileAsManyAre() {
        for (long overdue : new long[] {0, 2, 2, 1, 3}) {
            open.counts = new OpenOrders.Counts(0, 0, overdue, overdue);
            watch.watchSagas();
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(2)
                .allMatch(line -> line.startsWith("cancelled orders not settled after PT5M: "));
        assertThat(meters.get("orders.unsettled").gauge().value()).isEqualTo(3);
    }

    @Test
    void warnsOfOrdersThatShouldHaveEnded() {
        for (long stuck : new long[] {0, 1, 1}) {
            open.counts = new OpenOrders.Counts(9, stuck, 0, 0);
            watch.watchSagas();
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("orders pending for longer than PT20M: 1");
        assertThat(meters.get("orders.stuck").gauge().value()).isEqualTo(1);
    }

    @Test
    void forgetsWhatItCannotCountAnyMore() {
        open.counts = new OpenOrders.Counts(9, 1, 0, 0);
        watch.watchSagas();
        open.counts = null;
        assertThatThrownBy(watch::watchSagas).isInstanceOf(NullPointerException.class);

        assertThat(meters.get("orders.stuck").gauge().value()).isNaN();
    }
}
