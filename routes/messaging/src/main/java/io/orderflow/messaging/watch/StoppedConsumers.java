package io.orderflow.messaging.watch;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The consumers of this process that have stopped themselves, as their gauge shows it. None stays so for ever: where
 * nothing comes any more, nothing can show that it is mended.
 */
public final class StoppedConsumers {

    private final LongSupplier nanos;
    private final Map<Reader, Long> stopped = new ConcurrentHashMap<>();

    public StoppedConsumers() {
        this(System::nanoTime);
    }

    StoppedConsumers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Reader(Role role, String topic) {}

    /** @param longest for how long, unless it goes on before or is told again */
    public void stopped(Role role, Channel channel, Duration longest) {
        stopped.put(new Reader(role, channel.topic()), nanos.getAsLong() + longest.toNanos());
    }

    public void goesOn(Role role, String topic) {
        stopped.remove(new Reader(role, topic));
    }

    public boolean has(Role role, Channel channel) {
        var until = stopped.get(new Reader(role, channel.topic()));
        return until != null && nanos.getAsLong() - until < 0;
    }
}
