package io.orderflow.http.identity;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators why tokens are refused, which their bearers are not told: a figure for each reason, and of each at
 * most one line a minute. Never a word of a token.
 */
final class TokenRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRefusals.class);
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final MeterRegistry meters;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    TokenRefusals(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param reason one of a few words */
    void count(String reason) {
        meters.counter("orderflow.http.tokens.refused", "reason", reason).increment();
        long now = System.nanoTime();
        var last = told.get(reason);
        if (last == null || now - last > PAUSE_NANOS) {
            told.put(reason, now);
            LOG.warn("A token is refused: its {} (more of this kind within a minute are only counted)", reason);
        }
    }
}
