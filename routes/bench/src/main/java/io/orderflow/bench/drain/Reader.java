package io.orderflow.bench.drain;

import io.orderflow.bench.machine.JvmView;
import io.orderflow.bench.machine.Running;
import java.io.IOException;

/**
 * A process that does inventory's part for each {@code OrderCreated}, and nothing else.
 *
 * @param database where it keeps what it did
 * @param group by whose offsets one sees how far it is
 * @param reserved a query for how many orders it has reserved stock
 */
record Reader(String name, String database, String group, String reserved, Running process, JvmView jvm)
        implements AutoCloseable {

    @Override
    public void close() throws IOException {
        jvm.close();
        process.close();
    }
}
