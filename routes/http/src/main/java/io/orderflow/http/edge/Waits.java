package io.orderflow.http.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.http.Caller;
import io.orderflow.http.WaitingRoom;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/**
 * The requests that wait, with a bound for all of them and one for those of a caller. Each of them holds a connection
 * of its port, so that there are fewer places than connections, and none while newcomers find no room. All waits end at
 * a SIGTERM: their clients come again, and find another replica.
 */
final class Waits implements SmartLifecycle {

    private final int mostOfACaller;
    private final int longestSeconds;
    private final Set<Seat> taken = ConcurrentHashMap.newKeySet();
    private final Semaphore free;
    private final Map<Caller, Integer> counts = new ConcurrentHashMap<>();
    private final Counter refused;
    private volatile boolean open;

    /**
     * @param most how many requests may wait; 0 for none
     * @param mostOfACaller how many of one caller
     * @param longest how long one may wait because its client prefers to
     */
    Waits(int most, int mostOfACaller, Duration longest, MeterRegistry meters) {
        this.mostOfACaller = mostOfACaller;
        this.longestSeconds = (int) longest.toSeconds();
        this.free = new Semaphore(most);
        this.refused = Counter.builder("orderflow.http.waits.refused")
                .description("requests that were answered at once, for as many as may wait did")
                .register(meters);
        Gauge.builder("orderflow.http.waits", taken, Set::size)
                .description("requests that wait for what becomes of something, and streams")
                .register(meters);
    }

    /** The room as a request finds it. */
    WaitingRoom room(HttpServletRequest request, Caller caller) {
        return new WaitingRoom() {
            @Override
            public int preferredSeconds() {
                var lines = request.getHeaders("Prefer");
                return lines.hasMoreElements()
                        ? Math.min(Prefer.seconds(String.join(",", Collections.list(lines))), longestSeconds)
                        : 0;
            }

            @Override
            public Optional<Place> enter() {
                return Waits.this.enter(caller, Turn.of(request));
            }
        };
    }

    private Optional<WaitingRoom.Place> enter(Caller caller, Turn turn) {
        if (!open) {
            return Optional.empty();
        }
        if (turn.isAwaited() || !takes(caller)) {
            refused.increment();
            return Optional.empty();
        }
        var seat = new Seat(turn);
        taken.add(seat);
        turn.waits(() -> {
            taken.remove(seat);
            leaves(caller);
        });
        return Optional.of(seat);
    }

    private boolean takes(Caller caller) {
        if (!free.tryAcquire()) {
            return false;
        }
        int count = counts.merge(caller, 1, Integer::sum);
        if (count > mostOfACaller) {
            leaves(caller);
            return false;
        }
        return true;
    }

    private void leaves(Caller caller) {
        counts.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
        free.release();
    }

    private final class Seat implements WaitingRoom.Place {

        private final Turn turn;
        private final Semaphore calls = new Semaphore(0);

        private Seat(Turn turn) {
            this.turn = turn;
        }

        @Override
        public boolean await(BooleanSupplier condition, Duration time) {
            long began = System.nanoTime();
            try {
                while (true) {
                    calls.drainPermits();
                    if (condition.getAsBoolean()) {
                        return true;
                    }
                    long left = began + time.toNanos() - System.nanoTime();
                    if (left <= 0 || !open) {
                        return false;
                    }
                    calls.tryAcquire(left, TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                turn.waited(System.nanoTime() - began);
            }
        }

        @Override
        public void call() {
            calls.release();
        }

        @Override
        public boolean isOpen() {
            return open;
        }
    }

    @Override
    public void start() {
        open = true;
    }

    @Override
    public void stop() {
        open = false;
        taken.forEach(Seat::call);
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    /** Stops first, as {@link Drain} does. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
