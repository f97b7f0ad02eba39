package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One participant's share of the backbone: its inbox, outbox, relay, work and parked events, and the one way to run a transaction over them. State change, inbox row and
 * outbox rows commit together or not at all; the relay and the workers hear of them after the commit.
 */
final class Backbone {

    private final Participant participant;
    private final TransactionTemplate transactions;
    final Inbox inbox;
    final Outbox outbox;
    final Relay relay;
    final WorkRows work;
    final ParkedRows parked;
    final Leases leases;
    final Stopper stopper = new Stopper();
    final Collection<WorkConsumer> workers = new CopyOnWriteArrayList<>();

    Backbone(
            Participant participant,
            PlatformTransactionManager manager,
            JdbcTemplate jdbc,
            Outbox outbox,
            Relay relay,
            Leases leases,
            MessagingSettings settings) {
        this.participant = participant;
        this.transactions = new TransactionTemplate(manager);
        this.inbox = new Inbox(jdbc, role(), settings);
        this.outbox = outbox;
        this.relay = relay;
        this.work = new WorkRows(jdbc, role());
        this.parked = new ParkedRows(jdbc, role());
        this.leases = leases;
    }

    Role role() {
        return participant.role();
    }

    ServiceModule service() {
        return participant.service();
    }

    List<UnitOfWork> units() {
        return participant.units();
    }

    /**
     * Runs one transaction on this thread.
     *
     * @param steps what happens between begin and commit, given the transaction's place for what is said; it opens the units of work itself when it knows the
     *     messages ({@link #open})
     * @throws RuntimeException what the steps or the commit threw; then nothing has happened
     */
    void run(Consumer<Transaction> steps) {
        var transaction = Transaction.begin();
        try {
            var stored = transactions.execute(status -> {
                steps.accept(transaction);
                if (transaction.isOpen()) {
                    units().forEach(UnitOfWork::flush);
                    units().forEach(unit -> transaction.afterCommit(unit::committed));
                }
                work.delete(transaction.done());
                work.store(transaction.requests());
                return outbox.store(transaction.events());
            });
            relay.handOff(stored);
            transaction.committed();
            transaction.requests().keySet().forEach(work::wake);
        } finally {
            Transaction.end();
            units().forEach(UnitOfWork::clear);
        }
    }

    /** Makes and drops the inbox's days, as the role that owns its schema. */
    void keepInboxDays() {
        transactions.executeWithoutResult(status -> inbox.keepDays());
    }

    /**
     * Lets the role's workers finish while the flows that record their answers still run: a call that was made and not recorded would be made again.
     */
    void drainWork() {
        try {
            for (var one : workers) {
                one.drain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the units of work load what these messages need; at most once in a transaction. */
    void open(Transaction transaction, List<?> messages) {
        transaction.open();
        units().forEach(unit -> unit.load(messages));
    }
}
