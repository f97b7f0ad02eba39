package io.orderflow.messaging.flow;

import io.micrometer.core.instrument.Counter;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.TraceContext;
import io.orderflow.messaging.WorkHeaders;
import io.orderflow.messaging.tables.WorkItem;
import io.orderflow.messaging.tables.WorkRows;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one channel. A request that a transaction of this process has stored is handed over from memory, as
 * long as there is room ({@link Memory}), and with a free place begun at once. One thread begins what waits there, and
 * claims what is in the table: what there was no room for, was put off, has failed, or was left behind by another
 * process. Each gets a thread of its own; the call to the outside runs in no transaction and holds no connection.
 *
 * <p>The row stays with its worker for as long as the call takes: its lease is short, so that a process that dies
 * gives its work back soon, and is renewed while the call is under way. A failure gives the row back with a pause that
 * doubles from one second to thirty. Whose call takes long goes on in a slow lane ({@link Places}), and whether an
 * attempt's end was never heard of is told to the next ({@link WorkHeaders#IN_DOUBT}).
 */
final class WorkConsumer extends DefaultConsumer implements Workers {

    private static final Logger log = LoggerFactory.getLogger(WorkConsumer.class);
    /** The exchange property that says which piece of work an exchange carries out. */
    private static final String ITEM = "OrderflowWork";

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration KEEP_EVERY = Duration.ofMillis(100);
    /** How long a free worker waits for others to get free, so that one claim serves many. */
    private static final Duration TOGETHER = Duration.ofMillis(5);

    private final Endpoint endpoint;
    private final String channel;
    private final Backbone backbone;
    private final WorkRows rows;
    private final Working working;
    private final Places places;
    private final Memory memory;
    private final Returns returns;
    private final Semaphore bell = new Semaphore(0);
    private final Counter done;
    private final Counter failed;
    private final Set<WorkItem> underWay = ConcurrentHashMap.newKeySet();
    private final Stopper stopper = new Stopper();
    private ExecutorService workers;
    private Thread claimer;
    private long keptAt;

    WorkConsumer(
            Endpoint endpoint,
            Processor route,
            String channel,
            Backbone backbone,
            Working working,
            Counter done,
            Counter failed) {
        super(endpoint, route);
        this.endpoint = endpoint;
        this.channel = channel;
        this.backbone = backbone;
        this.rows = backbone.tables().work();
        this.working = working;
        this.places = new Places(working);
        this.memory = new Memory(places, working.handedOver(), LOOK_EVERY);
        this.returns = new Returns(channel, backbone, working, stopper);
        this.done = done;
        this.failed = failed;
    }

    /** The piece of work that an exchange carries out, or null. */
    static WorkItem itemOf(Exchange exchange) {
        return exchange.getProperty(ITEM, WorkItem.class);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (claimer != null) {
            claimer.join();
        }
        stopper.start();
        underWay.clear();
        workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(channel + "-", 0).factory());
        memory.open();
        claimer = Thread.ofVirtual().name(channel + "-claimer").start(this::work);
        backbone.started(channel, this);
    }

    @Override
    protected void doStop() throws Exception {
        drain();
        super.doStop();
    }

    /**
     * Begins no more and waits a moment for the calls under way and their answers; what is not finished comes again
     * after its lease, in doubt; what waits in memory is given back. The claim under way is not interrupted: rows that
     * it had claimed already would have to wait for their lease. If it takes longer than the moment, what it claims is
     * given back.
     */
    @Override
    public boolean drain() throws InterruptedException {
        stopper.stop();
        var waiting = memory.close();
        bell.release();
        claimer.join(LOOK_EVERY.multipliedBy(4));
        workers.shutdown();
        returns.unbegun(waiting);
        boolean ended = workers.awaitTermination(5, TimeUnit.SECONDS);
        if (!ended) {
            workers.shutdownNow();
        }
        backbone.drained(channel, this);
        return ended;
    }

    @Override
    public Duration lease() {
        return working.lease();
    }

    @Override
    public int underWay() {
        return underWay.size();
    }

    @Override
    public Memory.Room reserve(int requests) {
        return memory.reserve(requests);
    }

    @Override
    public void take(Memory.Room room, List<WorkItem> items, boolean leaves) {
        // A commit may take longer than a lease: what is no longer ours may be somebody else's by now.
        var held = items.stream().filter(item -> item.leaseLeft().isPositive()).toList();
        var waiting = held.stream().filter(item -> item.attempt() == 0).toList();
        held.stream().filter(item -> item.attempt() > 0).forEach(item -> begin(item, places.use()));
        places.giveBack(room.begins() - held.size() + waiting.size());
        if (!memory.keep(room, waiting)) {
            returns.unbegun(waiting);
        }
        if (leaves || held.size() < items.size()) {
            memory.leave();
            bell.release();
        } else if (!waiting.isEmpty()) {
            bell.release();
        }
    }

    private void work() {
        int failures = 0;
        while (!stopper.isStopped()) {
            try {
                keepLeases();
                places.makeRoom();
                int most = places.takeFree(TOGETHER, LOOK_EVERY);
                if (most == 0) {
                    continue;
                }
                bell.drainPermits();
                int begun = begin(most);
                failures = 0;
                if (begun < most && !memory.mayBeLeft()) {
                    bell.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // Without this thread nothing is begun any more.
                backbone.outages().report(log, channel, "cannot claim work, tries until it can", e);
                if (!pause(Stopper.backoff(++failures))) {
                    return;
                }
            }
        }
    }

    /**
     * Renews what has used up a third of its lease, under way or in memory; a call that fails to end still keeps others
     * from making it again. Where so many wait so long most of them go back into the table, once, instead of being
     * renewed again and again.
     */
    private void keepLeases() {
        if (System.nanoTime() - keptAt < KEEP_EVERY.toNanos()) {
            return;
        }
        keptAt = System.nanoTime();
        var enough = working.lease().multipliedBy(2).dividedBy(3);
        returns.unbegun(memory.giveWay(enough));
        rows.renew(
                Stream.concat(underWay.stream(), memory.waiting().stream())
                        .filter(item -> item.leaseLeft().compareTo(enough) < 0)
                        .toList(),
                working.lease());
    }

    private boolean pause(Duration time) {
        try {
            stopper.pause(time, channel);
            return true;
        } catch (Failures.Stopping e) {
            return false;
        }
    }

    /** Uses up to so many places that were taken, for what is oldest, in the table or in memory. */
    private int begin(int most) {
        int begun = 0;
        try {
            if (memory.mustLook(most)) {
                begun += claim(most);
            }
            for (var item : beginFirst(most - begun)) {
                begun++;
                begin(item, places.use());
            }
            return begun;
        } finally {
            places.giveBack(most - begun);
        }
    }

    /** Those of the first in memory that are still this process's; while the database does not say, they wait on. */
    private List<WorkItem> beginFirst(int most) {
        var first = memory.take(most);
        try {
            return rows.begin(first);
        } catch (RuntimeException | Error e) {
            memory.putFirst(first);
            throw e;
        }
    }

    /** Begins what is due in the table and no younger than what waits in memory, and lets some more wait there. */
    private int claim(int most) {
        long before = memory.left();
        var oldest = memory.oldest();
        var claimed = rows.claim(channel, oldest, most, memory.lacks(), working.lease());
        claimed.begun().forEach(item -> begin(item, places.use()));
        if (!memory.putFirst(claimed.waiting())) {
            returns.unbegun(claimed.waiting());
        }
        memory.looked(before, oldest, claimed);
        return claimed.begun().size();
    }

    /** A claim that comes back when the workers have stopped is given back: nothing of it was begun. */
    private void begin(WorkItem item, Places.Place place) {
        underWay.add(item);
        try {
            workers.execute(() -> carryOut(item, place));
        } catch (RejectedExecutionException e) {
            underWay.remove(item);
            place.leave();
            returns.unbegun(item);
        }
    }

    private void carryOut(WorkItem item, Places.Place place) {
        Flow.mark(item.orderId(), null);
        try {
            Exchange exchange = endpoint.createExchange();
            exchange.getMessage().setBody(item.work());
            exchange.getMessage().setHeader(WorkHeaders.ATTEMPT, item.attempt());
            exchange.getMessage().setHeader(WorkHeaders.IN_DOUBT, item.isInDoubt());
            exchange.setProperty(ITEM, item);
            TraceContext.attach(exchange, item.traceparent());
            new Flow(endpoint, getProcessor()).send(exchange);
            if (!item.isComplete()) {
                rows.delete(List.of(item.id()));
            }
            done.increment();
        } catch (RuntimeException e) {
            failed.increment();
            returns.failed(item, e);
        } finally {
            Flow.unmark();
            underWay.remove(item);
            place.leave();
        }
    }
}
