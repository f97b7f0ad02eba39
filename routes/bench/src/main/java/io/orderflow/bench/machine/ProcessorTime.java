package io.orderflow.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long processes have had a processor. Linux is asked itself where there is one, because a child that has ended, as
 * PostgreSQL's workers do, counts for its parent there and is forgotten by Java.
 */
final class ProcessorTime {

    /** Clock ticks, of which Linux tells its programs that a second has a hundred, whatever the kernel's own are. */
    private static final double TICKS = 100;

    /** Of user, system, and both of ended children, in the fields after the program's name. */
    private static final int FIRST = 11;

    private static final int OWN = 12;
    private static final int LAST = 14;
    private static final Pattern COMPILER = Pattern.compile("\\((C1|C2) Comp");
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    private ProcessorTime() {}

    /** In seconds, of a process and all that came from it; of this JVM itself without its children. */
    static double of(ProcessHandle process) {
        if (process.equals(ProcessHandle.current())) {
            return javas(process);
        }
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(ProcessorTime::one)
                .sum();
    }

    /** In seconds, of all processes of the machine, and of what its host keeps from it; nothing where none tells. */
    static double ofAll() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return busy(lines.findFirst().orElse("")) / TICKS;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Of user, nice, system, idle, waiting, interrupts (2), stolen. */
    static long busy(String cpu) {
        var fields = cpu.split(" +");
        long sum = 0;
        for (int i = 1; i <= STOLEN; i++) {
            sum += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return sum;
    }

    private static double one(ProcessHandle process) {
        try {
            return ticks(Files.readString(Path.of("/proc/" + process.pid() + "/stat"))) / TICKS;
        } catch (IOException e) {
            return javas(process);
        }
    }

    /** In seconds, of a JVM's compiler threads; nothing where the system does not tell of threads. */
    static OptionalDouble ofCompilers(long pid) {
        var threads = Path.of("/proc/" + pid + "/task");
        if (!Files.isDirectory(threads)) {
            return OptionalDouble.empty();
        }
        try (var each = Files.list(threads)) {
            return OptionalDouble.of(each.mapToLong(ProcessorTime::ifCompiler).sum() / TICKS);
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    private static long ifCompiler(Path thread) {
        try {
            var stat = Files.readString(thread.resolve("stat"));
            return COMPILER.matcher(stat).find() ? ticks(stat, OWN) : 0;
        } catch (IOException e) {
            // It has ended meanwhile.
            return 0;
        }
    }

    static long ticks(String stat) {
        return ticks(stat, LAST);
    }

    private static long ticks(String stat, int last) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long sum = 0;
        for (int i = FIRST; i <= last; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return sum;
    }

    private static double javas(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
}
