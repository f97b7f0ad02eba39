package io.orderflow.messaging.flow;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.relay.Relay;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.Tables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One participant's share of the backbone: its tables, its relay and its workers, and the one way to run a transaction
 * over them. State change, inbox row and outbox rows commit together or not at all; the relay and the workers hear of
 * them after the commit.
 */
public final class Backbone {

    private final TransactionTemplate transactions;
    private final Collection<UnitOfWork> units;
    private final Tables tables;
    private final Relay relay;
    private final Outages outages;
    private final Stopper stopper = new Stopper();
    final Map<String, Workers> workers = new ConcurrentHashMap<>();
    private final Set<String> queues = new CopyOnWriteArraySet<>();

    public Backbone(
            PlatformTransactionManager manager,
            Tables tables,
            Relay relay,
            Outages outages,
            Collection<UnitOfWork> units) {
        this.transactions = new TransactionTemplate(manager);
        this.tables = tables;
        this.relay = relay;
        this.outages = outages;
        this.units = List.copyOf(units);
    }

    private record Committed<T>(T result, Outbox.Stored stored) {}

    /**
     * Runs one transaction on this thread.
     *
     * @param steps what happens between begin and commit, given the transaction's place for what is said; they load the
     *     units of work when they know the messages ({@link Transaction#load})
     * @return what the steps answered
     * @throws RuntimeException what the steps or the commit threw; then nothing has happened
     */
    public <T> T run(Function<Transaction, T> steps) {
        var transaction = Transaction.begin(units);
        try (var handOver = new HandOver(workers)) {
            var committed = transactions.execute(status -> {
                var result = steps.apply(transaction);
                transaction.flush();
                tables.work().delete(transaction.done());
                handOver.stored(tables.work().store(handOver.place(transaction.requests())));
                return new Committed<>(result, tables.outbox().store(transaction.events()));
            });
            tables.outbox().committed(committed.stored());
            relay.handOff(committed.stored().rows());
            handOver.committed();
            transaction.committed();
            return committed.result();
        } finally {
            transaction.end();
        }
    }

    public Role role() {
        return tables.role();
    }

    public Tables tables() {
        return tables;
    }

    public Relay relay() {
        return relay;
    }

    /** Who is told of what fails. */
    public Outages outages() {
        return outages;
    }

    /** Ends the waiting of whatever works for this role. */
    public Stopper stopper() {
        return stopper;
    }

    /** The names of the channels that the role has workers for, whether they run or not. */
    public Collection<String> queues() {
        return queues;
    }

    /** The role has workers for this channel of its own. */
    void addQueue(String queue) {
        queues.add(queue);
    }

    void started(String channel, Workers some) {
        workers.put(channel, some);
    }

    void drained(String channel, Workers some) {
        workers.remove(channel, some);
    }

    /**
     * Lets the role's workers finish while the flows that record their answers still run: a call that was made and not
     * recorded would be made again.
     *
     * @return whether they have finished in time
     */
    public boolean drainWork() {
        boolean all = true;
        try {
            for (var some : workers.values()) {
                all &= some.drain();
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
