package io.orderflow.http.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Caller;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import java.time.Duration;

/**
 * How many requests a second one caller may send: a token bucket for its reads and another one for everything else, so
 * that a caller who has ordered too fast can still see what became of its orders. The limit holds in one process; where
 * several processes serve, each lets in as many.
 *
 * <p>A bucket that has had the time to fill up is forgotten, which changes nothing. Beyond {@link #MAX_BUCKETS} the
 * cache forgets some early, and their callers begin with full ones: memory has a bound, and no caller is refused
 * because of it.
 */
final class RateLimit {

    private static final long MAX_BUCKETS = 100_000;

    private final int perSecond;
    private final int burst;
    private final Cache<Key, Bucket> buckets;
    private final Counter refused;

    private record Key(Caller caller, boolean reading) {}

    /** @param perSecond 0 for no limit */
    RateLimit(int perSecond, int burst, MeterRegistry meters) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(Duration.ofSeconds(burst / Math.max(1, perSecond) + 1L))
                .build();
        this.refused = Counter.builder("orderflow.http.rate.refused")
                .description("requests of callers that were too fast")
                .register(meters);
        Gauge.builder("orderflow.http.rate.buckets", buckets, Cache::estimatedSize)
                .description("callers that were here lately, those who read and those who change something apart")
                .register(meters);
    }

    /** @throws Refusal 429, if the caller has sent all that it may send for the moment */
    void check(Caller caller, boolean reading) {
        if (perSecond == 0) {
            return;
        }
        if (!buckets.get(new Key(caller, reading), key -> full()).tryConsume(1)) {
            refused.increment();
            throw new Refusal(Problem.of(
                    ProblemType.TOO_MANY_REQUESTS,
                    "requests: too many (expected: at most " + perSecond + " in a second, " + burst + " at once)"));
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }
}
