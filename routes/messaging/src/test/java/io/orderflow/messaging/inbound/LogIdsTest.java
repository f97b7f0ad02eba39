package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LogIdsTest {

    /** It takes connections, and says nothing. */
    @Test
    void aBrokerThatDoesNotAnswerIsWaitedForNoLongerThanSeconds() throws IOException {
        try (var broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var settings = new Properties();
            settings.put("bootstrap.servers", "127.0.0.1:" + broker.getLocalPort());
            var logs = new LogIds(settings);
            long start = System.nanoTime();

            assertThatThrownBy(() -> logs.madeAnew(Set.of(new TopicPartition("any", 0)), Map.of()))
                    .hasMessageContaining("unknown");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
        }
    }
}
