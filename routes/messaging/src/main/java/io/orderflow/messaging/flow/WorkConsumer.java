package io.orderflow.messaging.flow;

import io.micrometer.core.instrument.Counter;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.TraceContext;
import io.orderflow.messaging.WorkHeaders;
import io.orderflow.messaging.tables.WorkRows;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one channel. One thread claims as many rows as workers are free, many at a time where they finish
 * fast, and gives each to a thread of its own; the call to the outside runs in no transaction and holds no connection.
 * The row stays with its worker for as long as the call takes: its lease is short, so that a process that dies gives
 * its work back soon, and is renewed while the call is under way. A failure gives the row back with a pause that
 * doubles from one second to thirty. Whose call takes long goes on in a slow lane ({@link Places}), and whether an
 * attempt's end was never heard of is told to the next ({@link WorkHeaders#IN_DOUBT}).
 */
final class WorkConsumer extends DefaultConsumer implements Workers {

    private static final Logger log = LoggerFactory.getLogger(WorkConsumer.class);
    /** The exchange property that says which piece of work an exchange carries out. */
    private static final String ITEM = "OrderflowWork";

    private static final String NOT_GIVEN_BACK = "cannot give work back, its lease will";

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** How long a free worker waits for others to get free, so that one claim serves many. */
    private static final Duration TOGETHER = Duration.ofMillis(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Endpoint endpoint;
    private final String channel;
    private final Backbone backbone;
    private final WorkRows rows;
    private final Working working;
    private final Places places;
    private final Counter done;
    private final Counter failed;
    private final Set<WorkRows.Item> underWay = ConcurrentHashMap.newKeySet();
    private final Stopper stopper = new Stopper();
    private ExecutorService workers;
    private Thread claimer;

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
        this.done = done;
        this.failed = failed;
    }

    /** The piece of work that an exchange carries out, or null. */
    static WorkRows.Item itemOf(Exchange exchange) {
        return exchange.getProperty(ITEM, WorkRows.Item.class);
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
        claimer = Thread.ofVirtual().name(channel + "-claimer").start(this::claim);
        backbone.started(this);
    }

    @Override
    protected void doStop() throws Exception {
        drain();
        super.doStop();
    }

    /**
     * Claims no more and waits a moment for the calls under way and their answers; what is not finished comes again
     * after its lease, in doubt. The claim under way is not interrupted: rows that it had claimed already would have to
     * wait for their lease. If it takes longer than the moment, what it claims is given back.
     */
    @Override
    public boolean drain() throws InterruptedException {
        stopper.stop();
        rows.wake(channel);
        claimer.join(LOOK_EVERY.multipliedBy(4));
        workers.shutdown();
        boolean ended = workers.awaitTermination(5, TimeUnit.SECONDS);
        if (!ended) {
            workers.shutdownNow();
        }
        backbone.drained(this);
        return ended;
    }

    private void claim() {
        var bell = rows.bell(channel);
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
                int claimed = claim(most);
                failures = 0;
                if (claimed < most) {
                    bell.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                backbone.outages().report(log, channel, "cannot claim work, tries until it can", e);
                if (!pause(Stopper.backoff(++failures))) {
                    return;
                }
            }
        }
    }

    /**
     * Renews what has used up a third of its lease; a call that fails to end still keeps others from making it again.
     */
    private void keepLeases() {
        var enough = working.lease().multipliedBy(2).dividedBy(3);
        rows.renew(
                underWay.stream()
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

    private int claim(int most) {
        int claimed = 0;
        try {
            for (var item : rows.claim(channel, most, working.lease())) {
                claimed++;
                begin(item, places.use());
            }
            return claimed;
        } finally {
            places.giveBack(most - claimed);
        }
    }

    /** A claim that comes back when the workers have stopped is given back: nothing of it was begun. */
    private void begin(WorkRows.Item item, Places.Place place) {
        underWay.add(item);
        try {
            workers.execute(() -> carryOut(item, place));
        } catch (RejectedExecutionException e) {
            underWay.remove(item);
            place.leave();
            giveBack(item);
        }
    }

    private void giveBack(WorkRows.Item item) {
        try {
            rows.retry(item, Duration.ZERO, "stopped");
        } catch (RuntimeException e) {
            backbone.outages().report(log, channel, NOT_GIVEN_BACK, e);
        }
    }

    private void carryOut(WorkRows.Item item, Places.Place place) {
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
            retry(item, e);
        } finally {
            Flow.unmark();
            underWay.remove(item);
            place.leave();
        }
    }

    private void retry(WorkRows.Item item, RuntimeException failure) {
        failed.increment();
        var pause = Stopper.backoff(item.attempt(), FIRST_PAUSE, LONGEST_PAUSE);
        sayFailed(item, pause, failure);
        try {
            stopper.insist(
                    () -> rows.retry(item, pause, Failures.describe(failure)),
                    working.patience(),
                    channel,
                    (attempt, away) -> {});
        } catch (RuntimeException e) {
            backbone.outages().report(log, channel, NOT_GIVEN_BACK, e);
        }
    }

    /** What fails here is told where servers are watched; what fails outside is said, for it is this work's. */
    private void sayFailed(WorkRows.Item item, Duration pause, RuntimeException failure) {
        var what = "attempt " + item.attempt() + " fails, again in " + pause.toMillis() + " ms";
        if (Failures.isInfrastructure(failure)) {
            backbone.outages().report(log, channel, what, failure);
        } else {
            log.warn("{}: {}: {}", channel, what, Failures.describe(failure));
        }
    }
}
