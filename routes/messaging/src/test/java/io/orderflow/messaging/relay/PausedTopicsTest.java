package io.orderflow.messaging.relay;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orderflow.messaging.Outages;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of a topic that takes nothing. */
class PausedTopicsTest {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Outages outages = new Outages(() -> {}, () -> {});
    private final PausedTopics topics = new PausedTopics(ORDERS, outages);
    private final Logger logger = (Logger) LoggerFactory.getLogger(PausedTopics.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void hush() {
        outages.close();
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void aTopicThatStaysRefusedIsToldEachTimeAndItsReturnIsSaid() {
        for (int i = 0; i < 3; i++) {
            topics.pause("order_events", new TopicAuthorizationException("order_events"), PAUSE);
        }
        topics.goOn("order_events");

        assertThat(lines(Level.DEBUG)).as("it rises to an error by being told").hasSize(3);
        assertThat(lines(Level.WARN)).hasSize(1);
        assertThat(lines(Level.INFO)).containsExactly("orders: relay: order_events takes events again");
    }

    @Test
    void aTopicThatTakesEventsAgainBeforeItsLineIsDueIsNotSaid() {
        topics.pause("order_events", new UnknownTopicOrPartitionException("missing"), PAUSE);
        topics.goOn("order_events");
        topics.pause("payment_events", new UnknownTopicOrPartitionException("missing"), PAUSE);

        await().until(() -> !lines(Level.WARN).isEmpty());
        assertThat(lines(Level.WARN)).singleElement().asString().contains("payment_events");
        assertThat(lines(Level.INFO)).isEmpty();
    }

    private List<String> lines(Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
