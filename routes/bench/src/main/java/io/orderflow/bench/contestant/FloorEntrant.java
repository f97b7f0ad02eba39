package io.orderflow.bench.contestant;

import io.orderflow.bench.floor.Floor;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.JvmView;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The saga alone, which feeds itself a hundred orders at a time: the absolute limit, and nothing that takes orders. */
final class FloorEntrant implements Entrant {

    static final String NAME = "floor";
    private static final int DIGITS = 3;

    private final Machine machine;
    private final Running process;
    private final JvmView jvm;
    private int fed;

    FloorEntrant(Machine machine) throws IOException, SQLException {
        this.machine = machine;
        machine.makeDatabase(NAME);
        process = Running.start(
                        NAME,
                        machine.log(NAME),
                        SameHeap.and(List.of()),
                        Floor.class,
                        List.of(machine.database(NAME).url(), machine.brokers()))
                .await("ready");
        jvm = new JvmView(process.handle().pid());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "the saga alone in bare Java: no HTTP, no provider, no mail, fed a hundred orders at a time";
    }

    @Override
    public Running process() {
        return process;
    }

    @Override
    public JvmView jvm() {
        return jvm;
    }

    /** It has one load only. */
    @Override
    public boolean takes(Demand demand) {
        return demand.rate() == 0 && demand.mix() == OrderMix.EVEN;
    }

    @Override
    public Carried carry(Demand demand) throws IOException {
        long began = System.nanoTime();
        process.tell(String.valueOf(demand.orders()));
        process.await("confirmed");
        double confirmed = seconds(began);
        process.await("told");
        fed += demand.orders();
        return new Carried(
                demand.orders(),
                confirmed,
                confirmed,
                seconds(began),
                new Histogram(DIGITS),
                new Histogram(DIGITS),
                0,
                0);
    }

    @Override
    public Histogram read(String path, Duration duration) {
        throw new UnsupportedOperationException("the floor shows nothing");
    }

    @Override
    public boolean recovers() {
        return false;
    }

    @Override
    public void killAndStart() {
        throw new UnsupportedOperationException("the floor recovers nothing");
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public List<String> audit() throws SQLException {
        var database = machine.database(NAME);
        int confirmed = (int) database.number("select count(*) from orders where status = 'CONFIRMED'");
        return confirmed == fed ? List.of() : List.of("orders: " + confirmed + " confirmed (expected: " + fed + ")");
    }

    @Override
    public void end() throws IOException {
        jvm.close();
        process.close();
    }
}
