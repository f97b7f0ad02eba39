package io.orderflow.bench.contestant;

import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import java.io.IOException;
import java.util.List;

/**
 * One that takes orders over HTTP and ends them: how it is started, how its ends are heard, and by which queries it is
 * audited.
 *
 * @param cancellation the path that calls an order off, or null
 * @param recovers whether it can be killed and started again
 */
public record Contestant(
        String name,
        String title,
        Starting starting,
        Ends ends,
        Account account,
        String cancellation,
        boolean recovers) {

    /** Starts it on a database of its name; answers when it takes orders. Again after a {@code kill -9}. */
    @FunctionalInterface
    public interface Starting {
        Running start(Machine machine, int httpPort, int mailPort) throws IOException, InterruptedException;
    }

    /**
     * Where it says that an order has come to its end: the key of such a record is the order's id, and its value
     * contains one of the marks.
     */
    public record Ends(String topic, List<String> marks) {}

    /**
     * Queries of its database.
     *
     * @param ledger one row for each order: order_id, status, total, charged, refunded, charges, ordered, held
     * @param taken one row for each article: sku, pieces
     * @param unsent one number: what still waits
     */
    public record Account(String ledger, String taken, String unsent) {}
}
