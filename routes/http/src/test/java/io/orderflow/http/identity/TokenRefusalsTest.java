package io.orderflow.http.identity;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TokenRefusalsTest {

    @Test
    void tellsEachReasonOnceAMinuteAndCountsAll() {
        var log = (Logger) LoggerFactory.getLogger(TokenRefusals.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        var meters = new SimpleMeterRegistry();
        var refusals = new TokenRefusals(meters);
        try {
            for (int i = 0; i < 100; i++) {
                refusals.count("aud");
                refusals.count("time");
            }
        } finally {
            log.detachAppender(lines);
        }

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(2);
        assertThat(meters.get("orderflow.http.tokens.refused")
                        .tag("reason", "aud")
                        .counter()
                        .count())
                .isEqualTo(100);
    }
}
