package io.orderflow.messaging.assembly;

import io.orderflow.messaging.inbound.Releaser;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Starts and stops what carries out the releases of the process's roles, with what else runs beside the routes. */
final class Releasers implements SmartLifecycle {

    private final List<Releaser> releasers;
    private volatile boolean running;

    Releasers(List<Releaser> releasers) {
        this.releasers = releasers;
    }

    @Override
    public void start() {
        releasers.forEach(Releaser::start);
        running = true;
    }

    @Override
    public void stop() {
        releasers.forEach(Releaser::close);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** While routes and database are still there. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
