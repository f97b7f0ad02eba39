package io.orderflow.http.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Caller;
import java.time.Duration;

/**
 * How many calls that a caller may not make are written into the audit. Its rows are for good, and to be refused so
 * needs no right: without a bound any customer could fill the database. {@value #AT_ONCE} are written, and then one a
 * minute, which still shows that it goes on; the others are counted. What an operator may call is always written,
 * refused or not: nobody can use up the bound and then go on unseen.
 */
final class RefusedCalls {

    static final int AT_ONCE = 20;

    private static final Duration ONE_MORE = Duration.ofMinutes(1);
    private static final long MAX_BUCKETS = 100_000;

    private final Cache<Caller, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_BUCKETS)
            .expireAfterAccess(ONE_MORE.multipliedBy(AT_ONCE + 1))
            .build();

    private final TimeMeter clock;
    private final Counter unwritten;

    RefusedCalls(TimeMeter clock, MeterRegistry meters) {
        this.clock = clock;
        this.unwritten = Counter.builder("orderflow.http.audit.unwritten")
                .description("calls of who may not make them beyond those that the audit keeps of one caller")
                .register(meters);
    }

    /** Whether this call, which the caller may not make, is to be written. */
    boolean isWritten(Caller caller) {
        boolean written = buckets.get(caller, same -> full()).tryConsume(1);
        if (!written) {
            unwritten.increment();
        }
        return written;
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(AT_ONCE).refillIntervally(1, ONE_MORE))
                .withCustomTimePrecision(clock)
                .build();
    }
}
