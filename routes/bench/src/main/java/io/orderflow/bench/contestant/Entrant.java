package io.orderflow.bench.contestant;

import io.orderflow.bench.load.Demand;
import io.orderflow.bench.machine.JvmView;
import io.orderflow.bench.machine.Running;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One that is measured, while it runs. */
public interface Entrant {

    String name();

    String title();

    Running process();

    JvmView jvm();

    /** Whether it takes part in such a load. */
    boolean takes(Demand demand);

    /** Places the orders and waits until each has come to its end and its customer is told. */
    Carried carry(Demand demand) throws Exception;

    /** How long answers took in microseconds, asked for a path over a few connections for so long. */
    Histogram read(String path, Duration duration) throws Exception;

    /** Whether it may be killed and started again. */
    boolean recovers();

    /** {@code kill -9}, and answers when it takes orders again. */
    void killAndStart() throws Exception;

    /** What is wrong with what it has kept; empty if nothing is. */
    List<String> audit() throws Exception;

    void end() throws Exception;

    /**
     * How a load went; seconds since its beginning, microseconds for the waiting.
     *
     * @param missing orders that were accepted and had no end, or whose customer was not told, when nothing moved any
     *     more
     */
    record Carried(
            int orders,
            double accepted,
            double ended,
            double told,
            Histogram acceptance,
            Histogram end,
            int refusals,
            int missing) {}
}
