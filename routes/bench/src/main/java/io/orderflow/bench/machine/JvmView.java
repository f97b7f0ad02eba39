package io.orderflow.bench.machine;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Another JVM, seen through its own management beans. Nothing is prepared there: they are reached by attaching. */
public final class JvmView implements AutoCloseable {

    private static final double MILLIS = 1_000;
    private static final double KIB = 1_024;

    private final long pid;
    private final JMXConnector connector;
    private final CompilationMXBean compilation;
    private final MemoryMXBean memory;
    private final MBeanServerConnection beans;

    public JvmView(long pid) throws IOException {
        this.pid = pid;
        connector = JMXConnectorFactory.connect(new JMXServiceURL(address(pid)));
        beans = connector.getMBeanServerConnection();
        compilation = ManagementFactory.getPlatformMXBean(beans, CompilationMXBean.class);
        memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
    }

    private static String address(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(String.valueOf(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(pid + ": cannot be attached to", e);
        }
    }

    /**
     * What its compilers have had of the processors so far, in seconds. The bean of the JVM itself, which is asked
     * where the system does not tell of threads, counts by the clock: too much as soon as they wait for a processor.
     */
    double compiled() {
        return ProcessorTime.ofCompilers(pid).orElseGet(() -> compilation.getTotalCompilationTime() / MILLIS);
    }

    /** How long its collector has stopped it so far, in seconds. */
    double collected() {
        try {
            return ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class).stream()
                            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                            .sum()
                    / MILLIS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it holds after a collection, in MiB. */
    public double heap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / KIB / KIB;
    }

    /** Its memory that is not a file's, in MiB; nothing where the system does not tell. */
    public double anonymous() {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("RssAnon:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
