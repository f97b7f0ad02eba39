package io.orderflow.bench.drain;

import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Usage;
import io.orderflow.bench.round.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets a queue of new orders go at once, to inventory's part of the bare saga and to our role {@code inventory} in
 * turn. Both read the same events of the same topic; who is not meant sleeps ({@code kill -STOP}).
 */
public final class DrainedQueue {

    public static final String EVENTS = "events/s";
    public static final String PROCESSOR = "cpu ms/event";
    public static final String LOAD = "queued";
    public static final String STARTED = "started";
    private static final int ROUNDS = 3;
    private static final double MILLI = 1_000;
    private static final Duration REST = Duration.ofSeconds(10);

    private final Machine machine;
    private final Consumer<Figures> heard;
    private final List<Figures> figures = new ArrayList<>();
    private int queued;

    public DrainedQueue(Machine machine, Consumer<Figures> heard) {
        this.machine = machine;
        this.heard = heard;
    }

    /**
     * The rounds that count, and what each takes at rest before and after.
     *
     * @param warm how long both together may warm up
     * @param settings more of our role's settings
     */
    public List<Figures> of(int events, Duration warm, List<String> settings) throws Exception {
        try (var queue = new Queue(machine.brokers());
                var ours = Readers.inventory(machine, settings);
                var floor = Readers.floor(machine)) {
            var readers = List.of(floor, ours);
            for (var reader : readers) {
                rest(reader, STARTED);
            }
            long deadline = System.nanoTime() + warm.toNanos();
            for (boolean cold = true; cold && System.nanoTime() < deadline; ) {
                cold = !round(readers, queue, events, 0).stream().allMatch(Figures::isWarm);
            }
            for (int round = 1; round <= ROUNDS; round++) {
                figures.addAll(round(readers, queue, events, round));
            }
            for (var reader : readers) {
                rest(reader, Figures.AT_REST);
                audit(reader);
            }
        }
        return figures;
    }

    /** What is set aside instead of done would be quick. */
    private void audit(Reader reader) throws Exception {
        int reserved = (int) machine.database(reader.database()).number(reader.reserved());
        if (reserved != queued) {
            throw new IllegalStateException(
                    reader.name() + ": reserved for " + reserved + " orders (expected: " + queued + ")");
        }
    }

    private List<Figures> round(List<Reader> readers, Queue queue, int events, int round) throws Exception {
        for (var reader : readers) {
            reader.process().suspend();
        }
        queue.fill(events);
        queued += events;
        List<Figures> seen = new ArrayList<>();
        for (var reader : round % 2 == 0 ? readers : readers.reversed()) {
            machine.database("postgres").execute("checkpoint");
            var before = now(reader);
            reader.process().resume();
            queue.awaitRead(reader.group());
            var used = now(reader).since(before);
            seen.add(new Figures(reader.name(), LOAD, round, values(used, events)));
            heard.accept(seen.getLast());
            reader.process().suspend();
        }
        for (var reader : readers) {
            reader.process().resume();
        }
        return seen;
    }

    private static Map<String, Double> values(Usage used, int events) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(EVENTS, events / used.used().get(Usage.SECONDS));
        values.put(PROCESSOR, MILLI * used.processors() / events);
        values.put("cpu java ms/event", MILLI * used.used().get(Usage.JAVA) / events);
        values.put(Figures.COMPILING, used.compileShare());
        values.put(Figures.OTHERS, used.others());
        return values;
    }

    private void rest(Reader reader, String load) throws Exception {
        var before = now(reader);
        Thread.sleep(REST);
        var used = now(reader).since(before);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(Figures.PROCESSORS, used.used().get(Usage.JAVA) / used.used().get(Usage.SECONDS));
        values.put(Figures.COMPILING, 0.0);
        values.put("heap MiB", reader.jvm().heap());
        values.put("anonymous MiB", reader.jvm().anonymous());
        figures.add(new Figures(reader.name(), load, 1, values));
        heard.accept(figures.getLast());
    }

    private Usage now(Reader reader) throws Exception {
        return Usage.now(machine, reader.process(), reader.jvm(), reader.database());
    }
}
