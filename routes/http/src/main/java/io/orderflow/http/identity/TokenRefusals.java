package io.orderflow.http.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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

    private static final List<String> REASONS =
            List.of("form", "typ", "key", "signature", "time", "iss", "aud", "exp", "sub", "roles", "cnf");

    private final Map<String, Counter> refused = new HashMap<>();
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    TokenRefusals(MeterRegistry meters) {
        for (var reason : REASONS) {
            refused.put(
                    reason,
                    Counter.builder("orderflow.http.tokens.refused")
                            .description("tokens that were refused, by what is wrong")
                            .tag("reason", reason)
                            .register(meters));
        }
    }

    /** @param reason one of a few words */
    void count(String reason) {
        refused.get(reason).increment();
        long now = System.nanoTime();
        var last = told.get(reason);
        if (last == null || now - last > PAUSE_NANOS) {
            told.put(reason, now);
            LOG.warn("A token is refused: its {} (more of this kind within a minute are only counted)", reason);
        }
    }
}
