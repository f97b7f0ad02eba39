package io.orderflow.messaging.assembly;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.inbound.RestoredDatabase;
import io.orderflow.messaging.relay.Sweeper;
import io.orderflow.messaging.watch.Gauges;
import io.orderflow.messaging.watch.Housekeeping;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.ShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops what runs beside the routes (relay, sweeper, housekeeping, gauges), and takes a single role out of a
 * running process and back: its routes and workers stop, its stored events still go out.
 */
public final class Roles implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Roles.class);

    private final ObjectProvider<CamelContext> camel;
    private final Backbones backbones;
    private final Gauges gauges;
    private final List<Sweeper> sweepers;
    private final List<Housekeeping> housekeeping;
    private final RestoredDatabase restored;
    /** What was begun, and cut off when the process was stopped. */
    private final List<String> unfinished = new CopyOnWriteArrayList<>();

    private volatile boolean running;
    private volatile ShutdownStrategy shutdown;

    Roles(
            ObjectProvider<CamelContext> camel,
            Backbones backbones,
            Gauges gauges,
            List<Sweeper> sweepers,
            List<Housekeeping> housekeeping,
            RestoredDatabase restored) {
        this.camel = camel;
        this.backbones = backbones;
        this.gauges = gauges;
        this.sweepers = sweepers;
        this.housekeeping = housekeeping;
        this.restored = restored;
    }

    /** The roles of this process. */
    public List<Role> here() {
        return backbones.all().stream().map(Backbone::role).toList();
    }

    /** Whether all routes of a role run. */
    public boolean isRunning(Role role) {
        return routes(role).stream()
                .allMatch(route -> routeController().getRouteStatus(route).isStarted());
    }

    /**
     * Takes a role out: no event, request or work of it is handled until {@link #start(Role)}.
     *
     * @throws IllegalArgumentException if the role does not run here
     */
    public void stop(Role role) throws Exception {
        backbones.of(role).drainWork();
        backbones.of(role).stopper().stop();
        for (var route : routes(role).reversed()) {
            routeController().stopRoute(route);
        }
    }

    /** Takes a role back in, where it stopped. */
    public void start(Role role) throws Exception {
        backbones.of(role).stopper().start();
        for (var route : routes(role)) {
            routeController().startRoute(route);
        }
        restored.lookAt(role, backbones.of(role).stopper());
    }

    /** A role's routes in the order in which they start; their ids begin with its name. */
    private List<String> routes(Role role) {
        return camel.getObject().getRoutes().stream()
                .filter(route -> route.getRouteId().startsWith(role + "."))
                .sorted(Comparator.comparingInt(Roles::order))
                .map(Route::getRouteId)
                .toList();
    }

    private RouteController routeController() {
        return camel.getObject().getRouteController();
    }

    private static int order(Route route) {
        var order = route.getStartupOrder();
        return order == null ? 0 : order;
    }

    @Override
    public void start() {
        Collection<Backbone> all = backbones.all();
        all.forEach(backbone -> backbone.relay().start());
        all.forEach(backbone -> gauges.watch(backbone.tables(), backbone::queues, backbone.relay()::paused));
        sweepers.forEach(Sweeper::start);
        housekeeping.forEach(Housekeeping::start);
        all.forEach(backbone -> restored.lookAt(backbone.role(), backbone.stopper()));
        running = true;
    }

    /**
     * First lets workers finish and consumers that wait give up, so that Camel, which stops next, need not wait for
     * them.
     */
    @Override
    public void stop() {
        backbones.all().stream()
                .filter(backbone -> !backbone.drainWork())
                .forEach(backbone -> unfinished.add(backbone.role() + ": calls to the outside"));
        backbones.all().forEach(backbone -> backbone.stopper().stop());
        shutdown = camel.getObject().getShutdownStrategy();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before Camel does, and after the last request has been let in. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }

    /** After Camel has stopped: lets the last events go out, and leaves what does not to the next start. */
    @Override
    public void close() {
        sweepers.forEach(Sweeper::close);
        housekeeping.forEach(Housekeeping::close);
        gauges.close();
        if (shutdown != null && shutdown.isTimeoutOccurred()) {
            unfinished.add("routes with a message under way");
        }
        // What does not leave is in the outbox, as what a topic does not take is, and is no unfinished work.
        backbones.all().forEach(backbone -> backbone.relay().close());
        if (!unfinished.isEmpty()) {
            log.warn("not finished in time: {}", String.join("; ", unfinished));
        }
    }

    /** Whether all that was begun was finished when the process was stopped. */
    public boolean haveFinished() {
        return unfinished.isEmpty();
    }
}
