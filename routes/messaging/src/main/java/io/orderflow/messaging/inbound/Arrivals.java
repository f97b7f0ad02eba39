package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Flow;
import io.orderflow.messaging.flow.Transaction;
import io.orderflow.messaging.tables.Received;
import io.orderflow.messaging.watch.Counters;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
 * </ol>
 *
 * <p>It returns normally only when every record has taken effect, was a duplicate, or is parked; so the offsets behind
 * it may be committed.
 */
final class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);
    private static final UUID NO_ORDER = new UUID(0, 0);

    private final IdempotentReceiver receiver;
    private final Backbone backbone;
    private final Channel channel;
    private final Handling handling;
    private final ParkGuard guard;
    private final Counters counters;

    Arrivals(IdempotentReceiver receiver, Handling handling, Counters counters) {
        this.receiver = receiver;
        this.backbone = receiver.backbone();
        this.channel = receiver.channel();
        this.handling = handling;
        this.guard = new ParkGuard(handling.parkWindow(), handling.parkShare());
        this.counters = counters;
    }

    /** So many events of this channel would be parked with one error that the consumer must stop. */
    static final class TooManyParked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyParked(Channel channel, String error) {
            super(channel + ": too many events fail with " + error
                    + "; the consumer stops until it is started again (orderflow.messaging.park-share)");
        }
    }

    /**
     * @throws RuntimeException if infrastructure stays away, the role is stopped, or too many events would be parked:
     *     deliver the batch again
     */
    void deliver(List<Received> records) {
        receiver.insistOnItsFlow();
        var looked = records.stream().map(receiver::look).toList();
        var batch = looked.stream()
                .filter(inbound -> !(inbound instanceof Inbound.Skipped))
                .toList();
        counters.skipped(backbone.role(), channel, looked.size() - batch.size());
        if (batch.isEmpty()) {
            return;
        }
        try {
            waitingForInfrastructure(() -> handle(batch));
        } catch (TooManyParked | Failures.Stopping e) {
            throw e;
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
            batch.forEach(this::alone);
        }
    }

    /** Forgets what was parked lately: whoever starts the consumer has looked at it. */
    void reset() {
        guard.reset();
    }

    private void alone(Inbound inbound) {
        for (int attempt = 1; ; attempt++) {
            try {
                waitingForInfrastructure(() -> handle(List.of(inbound)));
                return;
            } catch (TooManyParked | Failures.Stopping e) {
                throw e;
            } catch (RuntimeException e) {
                if (Failures.isInfrastructure(e)) {
                    throw e;
                }
                if (backbone.stopper().isStopped()) {
                    throw new Failures.Stopping(channel.topic());
                }
                if (attempt >= handling.attempts()) {
                    giveUp(inbound, attempt, e);
                    return;
                }
                backbone.stopper().pause(Stopper.backoff(attempt), channel.topic());
            }
        }
    }

    private void giveUp(Inbound inbound, int attempts, RuntimeException failure) {
        var error = Failures.describe(failure);
        var counted = new Counted();
        admit(Failures.root(failure).getClass().getName(), counted);
        waitingForInfrastructure(
                () -> backbone.run(transaction -> park(transaction, inbound, Reason.FAILED, error, attempts)));
        guard.parked(counted.errors);
    }

    private void admit(String error, Counted counted) {
        if (!guard.mayPark(error, counted.errors)) {
            guard.reset();
            throw new TooManyParked(channel, error);
        }
        counted.errors.add(error);
    }

    private void waitingForInfrastructure(Runnable step) {
        backbone.stopper().insist(step, handling.patience(), channel.topic(), (attempt, failure) -> {
            counters.waited(backbone.role(), channel);
            if (attempt == 1) {
                log.warn("{}: {}: waits for infrastructure: {}", backbone.role(), channel, Failures.describe(failure));
            }
        });
    }

    private void handle(List<Inbound> batch) {
        var counted = backbone.run(transaction -> {
            var counts = new Counted();
            var free = withoutParked(transaction, batch, counts);
            counts.receipt = receiver.receive(transaction, free, event -> refuse(transaction, event));
            return counts;
        });
        guard.parked(counted.errors);
        guard.handled(batch.size() - counted.errors.size());
        counters.arrived(backbone.role(), channel, counted.receipt.handled(), counted.receipt.duplicates());
    }

    /** What one transaction counts; published after its commit only. */
    private static final class Counted {
        private IdempotentReceiver.Receipt receipt;
        private final List<String> errors = new ArrayList<>();
    }

    /** Parks what was refused and what follows a parked event of its key; answers the rest. */
    private List<Inbound.Understood> withoutParked(Transaction transaction, List<Inbound> batch, Counted counted) {
        var keys = batch.stream().map(inbound -> inbound.received().keyText()).collect(Collectors.toSet());
        Set<String> parked = backbone.tables().parked().lockParked(channel.topic(), keys);
        List<Inbound.Understood> free = new ArrayList<>(batch.size());
        for (var inbound : batch) {
            var received = inbound.received();
            switch (inbound) {
                case Inbound.Refused refused -> {
                    boolean holdsUp = refused.reason().holdsUpItsOrder();
                    if (holdsUp) {
                        admit(refused.reason().name(), counted);
                    }
                    if (park(transaction, refused, refused.reason(), refused.error(), 1) && holdsUp) {
                        parked.add(received.keyText());
                    }
                }
                case Inbound.Understood understood -> {
                    if (parked.contains(received.keyText())
                            && !understood.event().passesParked()) {
                        park(transaction, understood, Reason.FOLLOWER, "an earlier event of this order is parked", 0);
                    } else {
                        free.add(understood);
                    }
                }
                case Inbound.Skipped skipped -> {}
            }
        }
        return free;
    }

    /** Keeps what says something else under an id that took effect; nothing that follows is wrong because of it. */
    private void refuse(Transaction transaction, Inbound.Understood event) {
        park(transaction, event, Reason.NOT_UNDERSTOOD, Inbound.Understood.UNDER_KNOWN_ID, 1);
    }

    /** Parks a record, and says whether it is the first time that it is. */
    private boolean park(Transaction transaction, Inbound inbound, Reason reason, String error, int attempts) {
        var received = inbound.received();
        var orderId = orderId(inbound);
        var parked = backbone.tables().parked().park(received, orderId, reason, error, attempts);
        parked.ifPresent(row -> {
            transaction.announce(
                    Topology.DEAD_LETTERS,
                    new EventParked(
                            orderId == null ? NO_ORDER : orderId,
                            row.parkedAt(),
                            backbone.role().name(),
                            row.id(),
                            received.topic(),
                            received.partition(),
                            received.offset(),
                            reason.name(),
                            HexFormat.of().formatHex(received.sha256())),
                    inbound instanceof Inbound.Understood understood ? understood.traceparent() : null);
            transaction.afterCommit(() -> {
                Flow.mark(orderId, inbound instanceof Inbound.Understood understood ? understood.eventId() : null);
                log.warn("{}: parked {} as {} ({}): {}", backbone.role(), received, row.id(), reason, error);
                Flow.unmark();
            });
            transaction.afterCommit(() -> counters.parked(backbone.role(), channel, reason));
        });
        return parked.isPresent();
    }

    /** Null where it names none. */
    private static UUID orderId(Inbound inbound) {
        return switch (inbound) {
            case Inbound.Understood understood -> understood.event().orderId();
            case Inbound.Refused refused -> refused.orderId();
            case Inbound.Skipped skipped -> null;
        };
    }
}
