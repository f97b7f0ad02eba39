package io.orderflow.http.edge;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * The time between a SIGTERM and the end of the routes. The process says from its beginning that it is not ready, but
 * load balancers notice that a moment later. Until then each request is answered as before, and each answer closes its
 * connection, so that a client that keeps connections open sends its next request to another replica.
 */
final class Drain implements SmartLifecycle {

    private final Duration time;
    private volatile boolean running;

    Drain(Duration time) {
        this.time = time;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable done) {
        stop();
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS).execute(done);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops first, before everything that a request needs. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
