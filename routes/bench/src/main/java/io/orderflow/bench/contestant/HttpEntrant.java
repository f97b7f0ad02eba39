package io.orderflow.bench.contestant;

import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.EndsHeard;
import io.orderflow.bench.load.Feed;
import io.orderflow.bench.load.MailSink;
import io.orderflow.bench.load.Reads;
import io.orderflow.bench.load.SeenIds;
import io.orderflow.bench.load.Sightings;
import io.orderflow.bench.machine.JvmView;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import io.orderflow.testkit.Ports;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/** A contestant that takes its orders over HTTP, with a mail server of its own. */
final class HttpEntrant implements Entrant {

    /** When nothing has moved for so long, what is missing stays missing. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final long LOOK = 10;
    private static final int READERS = 16;

    private final Contestant contestant;
    private final Machine machine;
    private final int port = Ports.free();
    private final MailSink mails = new MailSink();
    private final SeenIds accepted = new SeenIds();
    private final EndsHeard ends;
    private volatile Running process;
    private volatile JvmView jvm;

    HttpEntrant(Contestant contestant, Machine machine) throws IOException, SQLException, InterruptedException {
        this.contestant = contestant;
        this.machine = machine;
        machine.makeDatabase(contestant.name());
        start();
        ends = new EndsHeard(
                machine.brokers(), contestant.ends().topic(), contestant.ends().marks());
    }

    private void start() throws IOException, InterruptedException {
        process = contestant.starting().start(machine, port, mails.port());
        jvm = new JvmView(process.handle().pid());
    }

    @Override
    public String name() {
        return contestant.name();
    }

    @Override
    public String title() {
        return contestant.title();
    }

    @Override
    public Running process() {
        return process;
    }

    @Override
    public JvmView jvm() {
        return jvm;
    }

    @Override
    public boolean takes(Demand demand) {
        return true;
    }

    @Override
    public Histogram read(String path, Duration duration) throws InterruptedException, ExecutionException {
        return new Reads(port, READERS, duration).of(path);
    }

    @Override
    public boolean recovers() {
        return contestant.recovers();
    }

    @Override
    public void killAndStart() throws IOException, InterruptedException {
        jvm.close();
        process.kill();
        start();
    }

    @Override
    public Carried carry(Demand demand) throws InterruptedException, ExecutionException {
        var sightings = new Sightings(accepted);
        int toldBefore = mails.told();
        ends.listen(sightings, demand.rate() > 0);
        new Feed(port, contestant.cancellation()).place(demand, sightings);
        double told = awaitEnds(demand.orders(), toldBefore, sightings);
        ends.rest();
        int missing = demand.orders() - Math.min(sightings.ends(), mails.told() - toldBefore);
        return new Carried(
                demand.orders(),
                sightings.acceptedAfter(),
                sightings.endedAfter(),
                told,
                sightings.acceptance(),
                sightings.end(),
                sightings.refusals(),
                missing);
    }

    /** Answers when everybody is told; or nothing moves any more: when it last moved. */
    private double awaitEnds(int orders, int toldBefore, Sightings sightings) throws InterruptedException {
        int seen = 0;
        double moved = sightings.elapsed();
        while (true) {
            int told = mails.told() - toldBefore;
            double now = sightings.elapsed();
            if (told + sightings.ends() > seen) {
                seen = told + sightings.ends();
                moved = now;
            }
            if (told >= orders && sightings.ends() >= orders || now - moved > PATIENCE.toSeconds()) {
                return moved;
            }
            Thread.sleep(LOOK);
        }
    }

    @Override
    public List<String> audit() throws SQLException, InterruptedException {
        var database = machine.database(contestant.name());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (database.number(contestant.account().unsent()) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(LOOK);
        }
        return new LedgerAudit(contestant.account(), accepted, mails).of(database);
    }

    @Override
    public void end() throws IOException, InterruptedException {
        ends.end();
        jvm.close();
        process.close();
        mails.close();
    }
}
