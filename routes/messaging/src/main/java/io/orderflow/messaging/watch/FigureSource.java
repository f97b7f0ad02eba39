package io.orderflow.messaging.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Stopper;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role's gauges that become known and unknown together, for one source tells them. It is asked every so often, the
 * longer that takes the more seldom; when it does not answer none of them is a number.
 */
final class FigureSource {

    private static final Logger log = LoggerFactory.getLogger(FigureSource.class);
    private static final int PAUSE_TO_READING = 19;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final MeterRegistry meters;
    private final Outages outages;
    private final Stopper stopper;
    private final Role role;
    private final String name;
    private final Map<String, Map<Tags, Figure>> figures = new ConcurrentHashMap<>();
    private volatile long readAt = System.nanoTime();
    private boolean away;

    /** @param stopper ends the asking */
    FigureSource(MeterRegistry meters, Outages outages, Stopper stopper, Role role, String name) {
        this.meters = meters;
        this.outages = outages;
        this.stopper = stopper;
        this.role = role;
        this.name = name;
        register(
                meters,
                "figures.age.seconds",
                "how old the figures from the database or the broker are",
                Tags.of("role", role.name(), "source", name),
                () -> Duration.ofNanos(System.nanoTime() - readAt).toMillis() / 1000.0);
    }

    private static final class Figure {
        private volatile double value = Double.NaN;
    }

    /** Asks the source once. */
    interface Reading {
        void read() throws Exception;
    }

    static void register(MeterRegistry meters, String gauge, String description, Tags tags, Supplier<Number> value) {
        Gauge.builder(gauge, value).description(description).tags(tags).register(meters);
    }

    void set(String gauge, String description, Tags tags, double value) {
        figures.computeIfAbsent(gauge, none -> new ConcurrentHashMap<>())
                .computeIfAbsent(tags.and("role", role.name()), all -> {
                    var figure = new Figure();
                    register(meters, gauge, description, all, () -> figure.value);
                    return figure;
                })
                .value = value;
    }

    void keepReading(Duration every, Reading reading) {
        while (!stopper.isStopped()) {
            long start = System.nanoTime();
            try {
                reading.read();
                answered();
            } catch (InterruptedException e) {
                return;
            } catch (Exception | Error e) {
                failed(e);
            }
            long took = away ? 0 : System.nanoTime() - start;
            long pause = Math.clamp(took * PAUSE_TO_READING, every.toNanos(), LONGEST_PAUSE.toNanos());
            try {
                stopper.pause(Duration.ofNanos(pause), "figures");
            } catch (Failures.Stopping e) {
                return;
            }
        }
    }

    private void answered() {
        away = false;
        readAt = System.nanoTime();
    }

    private void failed(Throwable failure) {
        figures.values().forEach(gauge -> gauge.values().forEach(figure -> figure.value = Double.NaN));
        away = true;
        if (!stopper.isStopped()) {
            outages.report(log, role + ": figures", "the " + name + " does not tell them", failure);
        }
    }
}
