package io.orderflow.messaging.relay;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.OutboxRow;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a role's stored events to Kafka: from memory, right after their commit, through an idempotent producer; their
 * rows are deleted once the broker has acknowledged them.
 *
 * <p>Order holds per topic and order ({@link Lanes}):
 *
 * <ul>
 *   <li>of one topic and order one event is under way at a time, the next follows its acknowledgement;
 *   <li>an event that was stored while an earlier one was still unsent, here or in another instance, is held back until
 *       that one's row is gone;
 *   <li>a failure drops the order's events from memory; their rows stay, and the {@link Sweeper} sends them in order
 *       when the broker is back;
 *   <li>a topic that cannot be written is left out for a moment, and the others go on.
 * </ul>
 *
 * <p>All of this state belongs to one thread, which takes what happened from a queue and never waits for the database.
 * An event may reach Kafka twice (a crash between acknowledgement and deletion), never not at all, and never without
 * its state change.
 */
public final class Relay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration LOOK_FOR_PREDECESSORS = Duration.ofMillis(20);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);
    private static final Duration PAUSE_WHAT_BLOCKS = Duration.ofSeconds(10);

    /** Who holds a row for longer, having slept perhaps, cannot know whether another has sent and erased it since. */
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private final Role role;
    private final Outbox outbox;
    private final Producer<byte[], byte[]> producer;
    private final KafkaCluster kafka;
    private final Outages outages;
    private final int mostInMemory;

    private final BlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();
    private final AtomicInteger handedOff = new AtomicInteger();
    private final Thread thread;
    private final Eraser eraser;
    private final PausedTopics paused;
    private volatile int inLanes;
    private volatile long delivered = System.nanoTime() - Duration.ofHours(1).toNanos();
    private volatile long heard = delivered;
    private volatile boolean closed;
    private final Lanes lanes = new Lanes();
    private long nextLook;
    private boolean looking;
    private CompletableFuture<Boolean> sweep;

    /** @param mostInMemory how many events it holds before it leaves more to the sweeper */
    public Relay(
            Role role,
            Outbox outbox,
            Producer<byte[], byte[]> producer,
            KafkaCluster kafka,
            Outages outages,
            int mostInMemory) {
        this.role = role;
        this.outbox = outbox;
        this.producer = producer;
        this.kafka = kafka;
        this.outages = outages;
        this.paused = new PausedTopics(role, outages);
        this.mostInMemory = mostInMemory;
        this.thread = Thread.ofPlatform().name(role + "-relay").daemon().unstarted(this::work);
        this.eraser = new Eraser(role, outbox, outages, this::erased);
    }

    public Relay start() {
        thread.start();
        eraser.start();
        return this;
    }

    /** Takes rows whose transaction has committed. What it does not take stays in the table, for the sweeper. */
    public void handOff(List<OutboxRow> rows) {
        if (rows.isEmpty() || closed) {
            return;
        }
        if (inMemory() + rows.size() > mostInMemory) {
            return;
        }
        handedOff.addAndGet(rows.size());
        happened.add(() -> {
            lanes.take(rows, paused());
            inLanes = lanes.size();
            handedOff.addAndGet(-rows.size());
        });
    }

    /**
     * Takes a page of rows that were left behind, in order.
     *
     * @return true once all are acknowledged and erased, false if one has failed
     */
    CompletableFuture<Boolean> sweep(List<OutboxRow> rows) {
        var done = new CompletableFuture<Boolean>();
        happened.add(() -> {
            if (lanes.isSweeping()) {
                done.complete(false);
            } else {
                sweep = done;
                lanes.sweep(rows, paused());
            }
        });
        return done;
    }

    /** Whether the broker has taken an event since a moment, by {@link System#nanoTime}. */
    boolean hasDeliveredSince(long moment) {
        return delivered - moment >= 0;
    }

    /** Whether it has taken an event or refused one for good. */
    boolean hasHeardSince(long moment) {
        return heard - moment >= 0;
    }

    /** The topics that did not take the last events, so that new ones wait in the table. */
    public Set<String> paused() {
        return paused.now();
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var next = lanes.holdsBack()
                        ? happened.poll(LOOK_FOR_PREDECESSORS.toMillis(), TimeUnit.MILLISECONDS)
                        : happened.take();
                if (next != null) {
                    next.run();
                }
                look();
                for (var row = lanes.next(); row != null; row = lanes.next()) {
                    send(row);
                }
                lanes.swept().ifPresent(done -> sweep.complete(done));
                inLanes = lanes.size();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                outages.report(log, role + ": relay", "the rows stay in the outbox", e);
            } catch (Error e) {
                // Without this thread nothing leaves, so it goes on for as long as it can.
                log.error("{}: relay: {}; the rows stay in the outbox", role, Failures.describe(e), e);
            }
        }
    }

    /**
     * Asks the database which predecessors are gone, on a thread of its own: while the database is slow, only the rows
     * that are held back wait for it. A row that is gone never comes back, so an answer that comes late is still true.
     */
    private void look() {
        if (looking || !lanes.holdsBack() || System.nanoTime() - nextLook < 0) {
            return;
        }
        looking = true;
        var awaited = lanes.awaited();
        Thread.ofVirtual().name(role + "-relay-look").start(() -> look(awaited));
    }

    private void look(Set<Long> awaited) {
        Set<Long> refused = new HashSet<>();
        var gone = gone(awaited, refused);
        happened.add(() -> {
            looking = false;
            lanes.leave(refused);
            nextLook = System.nanoTime()
                    + gone.map(found -> LOOK_FOR_PREDECESSORS)
                            .orElse(LOOK_AGAIN)
                            .toNanos();
            gone.ifPresent(lanes::release);
        });
    }

    /** Empty if the database does not say. */
    private Optional<Set<Long>> gone(Set<Long> awaited, Set<Long> refused) {
        try {
            if (!awaited.isEmpty()) {
                refused.addAll(outbox.refused().among(awaited));
                outbox.present(awaited).forEach(awaited::remove);
            }
            return Optional.of(awaited);
        } catch (RuntimeException | Error e) {
            log.debug("{}: relay: cannot look for predecessors: {}", role, Failures.describe(e));
            return Optional.empty();
        }
    }

    private void send(OutboxRow row) {
        if (row.read().isOlderThan(OLDEST)) {
            log.warn("{}: relay: {} was in memory for over {}; it is read again", role, row.topic(), OLDEST);
            lanes.failed(row);
            return;
        }
        try {
            producer.send(CloudEvent.of(row, role, kafka), (metadata, failure) -> answered(row, failure));
        } catch (KafkaException | IllegalStateException e) {
            failed(row, e, PAUSE_WHAT_BLOCKS);
        }
    }

    /** A topic that the producer does not know fails on this thread; its other rows must not wait for the same. */
    private void answered(OutboxRow row, Exception failure) {
        if (failure != null && Thread.currentThread() == thread) {
            failed(row, failure, PAUSE_WHAT_BLOCKS);
        } else {
            happened.add(() -> taken(row, failure));
        }
    }

    private void failed(OutboxRow row, Exception failure, Duration pause) {
        if (BrokersRefusal.isOne(failure)) {
            // What is wrong with one event is no reason to keep the topic's others.
            heard = System.nanoTime();
            lanes.refused(row);
            Thread.ofVirtual()
                    .name(role + "-relay-refused")
                    .start(() -> BrokersRefusal.note(role, outbox.refused(), outages, row, failure));
            return;
        }
        lanes.failed(row);
        paused.pause(row.topic(), failure, pause);
        lanes.close(row.topic());
    }

    private void taken(OutboxRow row, Exception failure) {
        if (failure != null) {
            failed(row, failure, PAUSE);
            return;
        }
        delivered = System.nanoTime();
        heard = delivered;
        paused.goOn(row.topic());
        lanes.acknowledged(row);
        eraser.erase(row);
    }

    private void erased(List<Long> positions) {
        happened.add(() -> {
            lanes.erased(positions);
            nextLook = System.nanoTime();
        });
    }

    /** How many events are in memory: on their way here, under way, held back, or acknowledged and not erased. */
    int inMemory() {
        return handedOff.get() + inLanes;
    }

    /** Stops taking events, waits a moment for those under way, and leaves the rest in the table. */
    @Override
    public void close() {
        closed = true;
        try {
            long deadline = System.nanoTime() + LAST_MOMENT.toNanos();
            while (inMemory() > 0 && thread.isAlive() && System.nanoTime() - deadline < 0) {
                thread.join(10);
            }
            producer.close(Duration.ofSeconds(1));
            eraser.close();
            thread.interrupt();
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
