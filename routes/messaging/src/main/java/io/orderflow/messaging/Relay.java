package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a role's stored events to Kafka: from memory, right after their commit, through an idempotent producer; their rows are deleted once the broker has
 * acknowledged them.
 *
 * <p>Order holds per topic and order:
 *
 * <ul>
 *   <li>of one topic and order one event is under way at a time, the next follows its acknowledgement;
 *   <li>an event that was stored while an earlier one was still unsent, here or in another instance, is held back until that one's row is gone;
 *   <li>a failure drops the order's events from memory; their rows stay, and the {@link Sweeper} sends them in order when the broker is back;
 *   <li>a topic that cannot be written is set aside for a moment, and the others go on.
 * </ul>
 *
 * <p>All of this state belongs to one thread, which takes what happened from a queue. An event may reach Kafka twice (a crash between acknowledgement and deletion), never not
 * at all, and never without its state change.
 */
final class Relay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final int ERASE_AT_ONCE = 1_000;
    private static final Duration ERASE_TOGETHER = Duration.ofMillis(20);
    private static final int REMEMBER_ERASED = 50_000;
    private static final Duration LOOK_FOR_PREDECESSORS = Duration.ofMillis(20);
    private static final Duration SET_ASIDE = Duration.ofSeconds(2);
    private static final Duration SET_ASIDE_WHAT_BLOCKS = Duration.ofSeconds(10);

    private final Role role;
    private final Outbox outbox;
    private final Producer<byte[], byte[]> producer;
    private final MessagingSettings settings;

    private final BlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();
    private final BlockingQueue<Outbox.Row> acknowledged = new LinkedBlockingQueue<>();
    private final AtomicInteger inMemory = new AtomicInteger();
    private final Thread thread;
    private final Thread eraser;
    private final Map<String, Long> setAside = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private final Map<Outbox.Key, Deque<Outbox.Row>> underWay = new HashMap<>();
    private final Map<Long, Outbox.Row> heldBack = new HashMap<>();
    private final Map<Outbox.Key, Integer> heldKeys = new HashMap<>();
    private final Set<Long> sentNotErased = new HashSet<>();
    private final Set<Long> erasedLately = new LinkedHashSet<>();
    private long nextLook;
    private Sweep sweep;

    /** A page of left-behind rows on their way; done when the last is erased or has failed. */
    private static final class Sweep {
        private final Set<Long> open = new HashSet<>();
        private boolean begun;
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private boolean failed;
    }

    Relay(Role role, Outbox outbox, Producer<byte[], byte[]> producer, MessagingSettings settings) {
        this.role = role;
        this.outbox = outbox;
        this.producer = producer;
        this.settings = settings;
        this.thread = Thread.ofPlatform().name(role + "-relay").daemon().unstarted(this::work);
        this.eraser = Thread.ofPlatform().name(role + "-relay-eraser").daemon().unstarted(this::erase);
    }

    Relay start() {
        thread.start();
        eraser.start();
        return this;
    }

    /** Takes rows whose transaction has committed. What it does not take stays in the table, for the sweeper. */
    void handOff(List<Outbox.Row> rows) {
        if (rows.isEmpty() || closed) {
            return;
        }
        if (inMemory.get() + rows.size() > settings.relayedEvents()) {
            return;
        }
        inMemory.addAndGet(rows.size());
        happened.add(() -> rows.forEach(this::take));
    }

    /**
     * Takes a page of rows that were left behind, in order.
     *
     * @return true once all are acknowledged and erased, false if one has failed
     */
    CompletableFuture<Boolean> sweep(List<Outbox.Row> rows) {
        var done = new CompletableFuture<Boolean>();
        happened.add(() -> begin(rows, done));
        return done;
    }

    /** The topics that did not take the last events, so that new ones wait in the table. */
    Set<String> setAside() {
        return setAside.keySet().stream().filter(this::isSetAside).collect(Collectors.toSet());
    }

    private boolean isSetAside(String topic) {
        var until = setAside.get(topic);
        return until != null && System.nanoTime() - until < 0;
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var next = heldBack.isEmpty()
                        ? happened.take()
                        : happened.poll(LOOK_FOR_PREDECESSORS.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
                if (!heldBack.isEmpty() && System.nanoTime() - nextLook >= 0) {
                    releaseHeldBack();
                    nextLook = System.nanoTime() + LOOK_FOR_PREDECESSORS.toNanos();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("{}: relay: {}; the rows stay in the outbox", role, Failures.describe(e));
            } catch (Error e) {
                // Without this thread nothing leaves, so it goes on for as long as it can.
                log.error("{}: relay: {}; the rows stay in the outbox", role, Failures.describe(e), e);
            }
        }
    }

    private void take(Outbox.Row row) {
        if (isSetAside(row.topic())) {
            forget(row);
            return;
        }
        var key = key(row);
        var mine = underWay.get(key);
        boolean predecessorsAreMine = row.predecessors().stream()
                .allMatch(position ->
                        isSent(position) || mine != null && mine.stream().anyMatch(one -> one.position() == position));
        if (predecessorsAreMine && !heldKeys.containsKey(key)) {
            enqueue(key, row);
        } else {
            heldBack.put(row.position(), row);
            heldKeys.merge(key, 1, Integer::sum);
        }
    }

    private boolean isSent(long position) {
        return sentNotErased.contains(position) || erasedLately.contains(position);
    }

    private void enqueue(Outbox.Key key, Outbox.Row row) {
        var waiting = underWay.computeIfAbsent(key, none -> new ArrayDeque<>(2));
        waiting.add(row);
        if (waiting.size() == 1) {
            send(row);
        }
    }

    private void send(Outbox.Row row) {
        try {
            producer.send(record(row), (metadata, failure) -> answered(row, failure));
        } catch (KafkaException | IllegalStateException e) {
            failed(row, e, SET_ASIDE_WHAT_BLOCKS);
        }
    }

    /** A topic that the producer does not know fails on this thread; its other rows must not wait for the same. */
    private void answered(Outbox.Row row, Exception failure) {
        if (failure != null && Thread.currentThread() == thread) {
            failed(row, failure, SET_ASIDE_WHAT_BLOCKS);
        } else {
            happened.add(() -> settled(row, failure));
        }
    }

    private ProducerRecord<byte[], byte[]> record(Outbox.Row row) {
        var record = new ProducerRecord<>(
                settings.topic(row.topic()),
                row.orderId().toString().getBytes(StandardCharsets.UTF_8),
                row.value() == null ? null : row.value().getBytes(StandardCharsets.UTF_8));
        Headers headers = record.headers();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", row.id().toString());
        header(headers, "ce_type", row.type());
        header(headers, "ce_source", "/orderflow/" + role);
        header(headers, "ce_subject", row.orderId().toString());
        header(headers, "ce_time", row.occurredAt().toString());
        header(headers, "content-type", "application/json");
        if (row.traceparent() != null) {
            header(headers, "traceparent", row.traceparent());
        }
        return record;
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void failed(Outbox.Row row, Exception failure, Duration aside) {
        setAside(row.topic(), failure, aside);
        var waiting = underWay.remove(key(row));
        if (waiting != null) {
            waiting.forEach(this::forget);
        } else {
            forget(row);
        }
        finishSweep();
    }

    private void settled(Outbox.Row row, Exception failure) {
        if (failure != null) {
            failed(row, failure, SET_ASIDE);
            return;
        }
        var key = key(row);
        var waiting = underWay.get(key);
        if (setAside.remove(row.topic()) != null) {
            log.info("{}: relay: {} takes events again", role, row.topic());
        }
        sentNotErased.add(row.position());
        acknowledged.add(row);
        waiting.poll();
        if (waiting.isEmpty()) {
            underWay.remove(key);
        } else {
            send(waiting.peek());
        }
    }

    /** What is wrong with one event is no reason to keep the topic's others; its order waits all the same. */
    private void setAside(String topic, Exception failure, Duration time) {
        if (failure instanceof RecordTooLargeException) {
            log.warn("{}: relay: {}: an event is refused: {}", role, topic, Failures.describe(failure));
            return;
        }
        if (setAside.put(topic, System.nanoTime() + time.toNanos()) == null) {
            log.warn(
                    "{}: relay: {} does not take events ({}); they wait in the outbox",
                    role,
                    topic,
                    Failures.describe(failure));
        }
        List.copyOf(heldBack.values()).stream()
                .filter(row -> row.topic().equals(topic))
                .forEach(row -> {
                    letGo(row);
                    forget(row);
                });
    }

    private void forget(Outbox.Row row) {
        inMemory.decrementAndGet();
        if (sweep != null && sweep.open.remove(row.position())) {
            sweep.failed = true;
        }
    }

    /** Holds a row back no longer; false if it was not. */
    private boolean letGo(Outbox.Row row) {
        if (heldBack.remove(row.position()) == null) {
            return false;
        }
        heldKeys.computeIfPresent(key(row), (key, held) -> held == 1 ? null : held - 1);
        return true;
    }

    private void releaseHeldBack() {
        Set<Long> awaited = new HashSet<>();
        heldBack.values().forEach(row -> awaited.addAll(row.predecessors()));
        Collection<Long> present = awaited.isEmpty() ? List.of() : outbox.present(awaited);
        var rows = new ArrayList<>(heldBack.values());
        rows.sort((one, other) -> Long.compare(one.position(), other.position()));
        Set<Outbox.Key> blocked = new HashSet<>();
        for (var row : rows) {
            var key = key(row);
            boolean free =
                    row.predecessors().stream().noneMatch(position -> present.contains(position) && !isSent(position));
            if (free && !blocked.contains(key)) {
                letGo(row);
                enqueue(key, row);
            } else {
                blocked.add(key);
            }
        }
    }

    private void begin(List<Outbox.Row> rows, CompletableFuture<Boolean> done) {
        if (sweep != null) {
            done.complete(false);
            return;
        }
        sweep = new Sweep();
        sweep.done.whenComplete((complete, failure) -> done.complete(Boolean.TRUE.equals(complete)));
        for (var row : rows) {
            var key = key(row);
            if (erasedLately.contains(row.position())) {
                continue;
            }
            if (isSetAside(row.topic())) {
                sweep.failed = true;
                continue;
            }
            sweep.open.add(row.position());
            if (sentNotErased.contains(row.position()) || isUnderWay(key, row)) {
                continue;
            }
            if (!letGo(row)) {
                inMemory.incrementAndGet();
            }
            enqueue(key, row);
        }
        sweep.begun = true;
        finishSweep();
    }

    private boolean isUnderWay(Outbox.Key key, Outbox.Row row) {
        var waiting = underWay.get(key);
        return waiting != null && waiting.stream().anyMatch(one -> one.position() == row.position());
    }

    private void finishSweep() {
        if (sweep != null && sweep.begun && sweep.open.isEmpty()) {
            var finished = sweep;
            sweep = null;
            finished.done.complete(!finished.failed);
        }
    }

    private void erase() {
        List<Outbox.Row> rows = new ArrayList<>();
        while (!closed || !acknowledged.isEmpty()) {
            try {
                if (rows.isEmpty()) {
                    rows.add(acknowledged.take());
                    if (!closed) {
                        Thread.sleep(ERASE_TOGETHER);
                    }
                    acknowledged.drainTo(rows, ERASE_AT_ONCE - 1);
                }
                outbox.delete(rows.stream().map(Outbox.Row::position).toList());
                var gone = List.copyOf(rows);
                happened.add(() -> erased(gone));
                rows.clear();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("{}: relay: cannot delete {} sent rows: {}", role, rows.size(), Failures.describe(e));
                if (closed || !pauseBeforeRetry()) {
                    return;
                }
            }
        }
    }

    private static boolean pauseBeforeRetry() {
        try {
            Thread.sleep(500);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void erased(List<Outbox.Row> rows) {
        for (var row : rows) {
            sentNotErased.remove(row.position());
            erasedLately.add(row.position());
            inMemory.decrementAndGet();
            if (sweep != null) {
                sweep.open.remove(row.position());
            }
        }
        var oldest = erasedLately.iterator();
        while (erasedLately.size() > REMEMBER_ERASED) {
            oldest.next();
            oldest.remove();
        }
        nextLook = System.nanoTime();
        finishSweep();
    }

    private static Outbox.Key key(Outbox.Row row) {
        return new Outbox.Key(row.topic(), row.orderId());
    }

    /** How many events are in memory: under way, held back, or acknowledged and not erased. */
    int inMemory() {
        return inMemory.get();
    }

    /** Stops taking events, waits a moment for those under way, and leaves the rest in the table. */
    @Override
    public void close() {
        closed = true;
        try {
            producer.close(Duration.ofSeconds(5));
            eraser.join(200);
            eraser.interrupt();
            thread.interrupt();
            thread.join(2_000);
            eraser.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
