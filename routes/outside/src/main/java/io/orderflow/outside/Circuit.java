package io.orderflow.outside;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a company is called. When half of the last calls got no answer it is left alone for a while, and then tried
 * with a few; workers wait, consumers go on.
 */
final class Circuit implements Policy {

    private static final Logger log = LoggerFactory.getLogger(Circuit.class);

    private static final int LAST_CALLS = 20;
    private static final int FEWEST_CALLS = 10;
    private static final int TRIALS = 3;
    private static final float HALF = 50;

    private final CircuitBreaker breaker;

    Circuit(CompanyName name, Duration openFor, MeterRegistry meters) {
        breaker = CircuitBreaker.of(
                name.service() + "." + name.company(),
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(LAST_CALLS)
                        .minimumNumberOfCalls(FEWEST_CALLS)
                        .failureRateThreshold(HALF)
                        .waitDurationInOpenState(openFor)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(change -> log.warn(
                        "{}: the circuit to the {} is {} ({}.open-for: {})",
                        name.service(),
                        name.company(),
                        change.getStateTransition().getToState(),
                        name.settings(),
                        openFor));
        show(name, this::isOpen, meters);
    }

    /** No circuit, and a figure that says so: where it is missing, nobody measures. */
    static void absent(CompanyName name, MeterRegistry meters) {
        show(name, () -> false, meters);
    }

    private static void show(CompanyName name, BooleanSupplier open, MeterRegistry meters) {
        Gauge.builder(name.gauge(), () -> open.getAsBoolean() ? 1 : 0)
                .description("1 while the " + name.company() + " is not called, because too many calls got no answer")
                .register(meters);
    }

    @Override
    public void beforeWrap(Route route, NamedNode call) {}

    /** A call that fails, in whatever way, has got no answer; while the circuit is open none is made. */
    @Override
    public Processor wrap(Route route, Processor call) {
        return exchange -> breaker.executeCallable(() -> answered(exchange, call));
    }

    private static Exchange answered(Exchange exchange, Processor call) throws Exception {
        call.process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    CircuitBreaker breaker() {
        return breaker;
    }
}
