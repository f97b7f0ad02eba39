package io.orderflow.payments;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Whether the provider is called. When half of the last calls got no answer it is left alone for a while, and then
 * tried with a few; workers wait, consumers go on. It shows in the health group of what others do for us, and as a
 * figure.
 */
final class ProviderCircuit implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ProviderCircuit.class);

    private static final int LAST_CALLS = 20;
    private static final int FEWEST_CALLS = 10;
    private static final int TRIALS = 3;
    private static final float HALF = 50;

    private final CircuitBreaker breaker;

    private ProviderCircuit(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    static CircuitBreaker breaker(Duration openFor) {
        var breaker = CircuitBreaker.of(
                "payment-provider",
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
                        "payments: the circuit to the provider is {} (orderflow.payments.http.open-for: {})",
                        change.getStateTransition().getToState(),
                        openFor));
        return breaker;
    }

    static ProviderCircuit watched(CircuitBreaker breaker, MeterRegistry meters) {
        var circuit = new ProviderCircuit(breaker);
        show(circuit::isOpen, meters);
        return circuit;
    }

    /** No circuit, and a figure that says so: where it is missing, nobody measures. */
    static void absent(MeterRegistry meters) {
        show(() -> false, meters);
    }

    private static void show(BooleanSupplier open, MeterRegistry meters) {
        Gauge.builder("payments.provider.open", () -> open.getAsBoolean() ? 1 : 0)
                .description("1 while the provider is not called, because too many calls got no answer")
                .register(meters);
    }

    private boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    @Override
    public Health health() {
        return isOpen() ? Health.down().build() : Health.up().build();
    }
}
