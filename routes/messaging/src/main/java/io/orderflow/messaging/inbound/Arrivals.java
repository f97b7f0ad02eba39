package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Origin.Manner;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Transaction;
import io.orderflow.messaging.inbound.ParkGuard.Bad;
import io.orderflow.messaging.tables.Fault;
import io.orderflow.messaging.tables.Received;
import io.orderflow.messaging.watch.Counters;
import io.orderflow.messaging.watch.StoppedConsumers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a polled batch of one channel.
 *
 * <ol>
 *   <li>All of it in one transaction: park what cannot be read and what follows a parked event of its order, drop what
 *       the inbox has seen, hand the rest to the flow.
 *   <li>If infrastructure is away: wait and do it again, up to half of the poll interval; then the batch is given back
 *       to the broker. No attempt is counted.
 *   <li>If it fails otherwise: one by one, each in a transaction of its own, several times; then the culprit is parked
 *       and its neighbours go on.
 *   <li>If too many would be parked: the consumer stops, and tries one after each pause until one takes effect. What is
 *       not tried yet is given back, for nobody may wait here: all channels of a role are one group.
 * </ol>
 *
 * <p>Every record that it says is settled has taken effect, was a duplicate, or is parked; so the offsets behind those
 * may be committed.
 */
final class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private static final Fault FOLLOWER = Fault.seen(Reason.FOLLOWER, "an earlier event of this order is parked", 0);

    private final IdempotentReceiver receiver;
    private final Backbone backbone;
    private final Channel channel;
    private final Handling handling;
    private final ParkGuard guard;
    private final Halt halt;
    private final SetAside aside;
    private final Counters counters;

    Arrivals(IdempotentReceiver receiver, Handling handling, Counters counters, StoppedConsumers stopped) {
        this.receiver = receiver;
        this.backbone = receiver.backbone();
        this.channel = receiver.channel();
        this.handling = handling;
        this.guard = new ParkGuard(handling.excess(), System::nanoTime);
        this.halt = new Halt(backbone.role(), channel, stopped, handling.excess());
        this.aside = new SetAside(backbone, channel, counters);
        this.counters = counters;
    }

    /** So many events of this channel would be parked with one error that the consumer must stop. */
    private static final class TooManyParked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyParked(String error) {
            super(error);
        }
    }

    /**
     * Handles records in their order.
     *
     * @return how many of them are settled: all, or those before the one that a stopped consumer tries later ({@link
     *     #due})
     * @throws RuntimeException if infrastructure stays away or the role is stopped: deliver the batch again
     */
    int deliver(List<Received> records) {
        receiver.insistOnItsFlow();
        var looked = records.stream().map(receiver::look).toList();
        var batch = looked.stream()
                .filter(inbound -> !(inbound instanceof Inbound.Skipped))
                .toList();
        counters.skipped(backbone.role(), channel, looked.size() - batch.size());
        if (batch.isEmpty() && halt.isStopped()) {
            halt.goOn();
        }
        if (batch.isEmpty() || !halt.isStopped() && together(batch)) {
            return records.size();
        }
        int settled = 0;
        while (settled < looked.size()
                && (looked.get(settled) instanceof Inbound.Skipped || alone(looked.get(settled)))) {
            settled++;
        }
        return settled;
    }

    /** When to deliver again what a stopped consumer has not tried, by {@link System#nanoTime}. */
    long due() {
        return halt.due();
    }

    /** Forgets what was parked lately: whoever starts the consumer has looked at it. */
    void reset() {
        guard.reset();
        halt.clear();
    }

    /** Handles a batch in one transaction; false if that fails for a reason that no waiting mends. */
    private boolean together(List<Inbound> batch) {
        try {
            waitingForInfrastructure(() -> handle(batch));
            return true;
        } catch (RuntimeException e) {
            if (Failures.isInfrastructure(e)) {
                throw e;
            }
            log.warn(
                    "{}: {}: a batch of {} fails ({}); one by one now",
                    backbone.role(),
                    channel,
                    batch.size(),
                    Failures.describe(e));
            return false;
        }
    }

    /** Handles an event by itself; false if the consumer is stopped, and it is to be tried later. */
    private boolean alone(Inbound inbound) {
        if (!halt.mayTry()) {
            return false;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                waitingForInfrastructure(() -> handle(List.of(inbound)));
                return true;
            } catch (TooManyParked e) {
                halt.stop(e.getMessage());
                return false;
            } catch (RuntimeException e) {
                if (Failures.isInfrastructure(e)) {
                    throw e;
                }
                if (backbone.stopper().isStopped()) {
                    throw new Failures.Stopping(channel.topic());
                }
                if (attempt >= handling.attempts()) {
                    return giveUp(inbound, attempt, e);
                }
                backbone.stopper().pause(Stopper.backoff(attempt), channel.topic());
            }
        }
    }

    /** Parks an event that fails; false if the consumer has to stop first. */
    private boolean giveUp(Inbound inbound, int attempts, RuntimeException failure) {
        var bad = new Bad(
                Failures.root(failure).getClass().getName(), inbound.received().keyText());
        if (!mayPark(bad, List.of(), 1)) {
            halt.stop(bad.error());
            return false;
        }
        var fault = new Fault(Reason.FAILED, Failures.describe(failure), Traces.of(failure), attempts);
        waitingForInfrastructure(() -> backbone.run(transaction -> aside.park(transaction, inbound, fault)));
        noteArrivals(1, List.of(bad));
        return true;
    }

    /** What a stopped consumer tries is tried whatever becomes of it, or one bad event would keep it stopped. */
    private boolean mayPark(Bad bad, List<Bad> others, int batch) {
        return halt.isStopped() || guard.mayPark(bad, others, batch);
    }

    private void waitingForInfrastructure(Runnable step) {
        backbone.stopper().insist(step, handling.patience(), channel.topic(), (attempt, failure) -> {
            counters.waited(backbone.role(), channel);
            if (attempt == 1) {
                backbone.outages().report(log, backbone.role() + ": " + channel, "waits for infrastructure", failure);
            }
        });
    }

    private void handle(List<Inbound> batch) {
        var counted = backbone.run(transaction -> {
            var counts = new Counted();
            var free = withoutParked(transaction, batch, counts);
            counts.receipt = receiver.receive(
                    transaction,
                    free,
                    Manner.ARRIVED,
                    event -> aside.park(
                            transaction,
                            event,
                            Fault.seen(Reason.NOT_UNDERSTOOD, Inbound.Understood.UNDER_KNOWN_ID, 1)));
            return counts;
        });
        counters.arrived(backbone.role(), channel, counted.receipt.handled(), counted.receipt.duplicates());
        noteArrivals(batch.size(), counted.bad);
        if (halt.isStopped() && counted.receipt.handled() + counted.receipt.duplicates() > 0) {
            halt.goOn();
        }
    }

    private void noteArrivals(int records, List<Bad> bad) {
        guard.came(records, bad);
        if (halt.isStopped() && !bad.isEmpty()) {
            halt.triedInVain();
        }
    }

    /** What one transaction counts; published after its commit only. */
    private static final class Counted {
        private IdempotentReceiver.Receipt receipt;
        private final List<Bad> bad = new ArrayList<>();
    }

    /** Parks what was refused and what follows a parked event of its key; answers the rest. */
    private List<Inbound.Understood> withoutParked(Transaction transaction, List<Inbound> batch, Counted counted) {
        var keys = batch.stream().map(inbound -> inbound.received().keyText()).collect(Collectors.toSet());
        Set<String> parked =
                backbone.tables().parked().keys().lockParked(channel.topic(), keys, receiver.erased(batch));
        List<Inbound.Understood> free = new ArrayList<>(batch.size());
        for (var inbound : batch) {
            var key = inbound.received().keyText();
            switch (inbound) {
                case Inbound.Refused refused -> {
                    boolean holdsUp = refused.reason().holdsUpItsOrder();
                    var fault = Fault.seen(refused.reason(), refused.error(), 1);
                    if (aside.park(transaction, refused, fault) && holdsUp) {
                        parked.add(key);
                        admit(new Bad(refused.reason().name(), key), counted, batch.size());
                    }
                }
                case Inbound.Understood understood -> {
                    if (parked.contains(key) && !understood.event().passesParked()) {
                        aside.park(transaction, understood, FOLLOWER);
                    } else {
                        free.add(understood);
                    }
                }
                case Inbound.Skipped skipped -> {}
            }
        }
        return free;
    }

    private void admit(Bad bad, Counted counted, int batch) {
        if (!mayPark(bad, counted.bad, batch)) {
            throw new TooManyParked(bad.error());
        }
        counted.bad.add(bad);
    }
}
