package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.Topology;
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
 *   <li>All of it in one transaction: park what cannot be read and what follows a parked event of its order, drop what the inbox has seen, hand the rest to the flow.
 *   <li>If infrastructure is away: wait and do it again, up to half of the poll interval; then the batch is given back to the broker. No attempt is counted.
 *   <li>If it fails otherwise: one by one, each in a transaction of its own, several times; then the culprit is parked and its neighbours go on.
 * </ol>
 *
 * <p>It returns normally only when every record has taken effect, was a duplicate, or is parked; so the offsets behind it may be committed.
 */
final class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);
    private static final UUID NO_ORDER = new UUID(0, 0);
    private static final String OTHER_EVENT = "event_id: another event with this id took effect before";

    private final Backbone backbone;
    private final Channel channel;
    private final Decoder decoder;
    private final Flow flow;
    private final MessagingSettings settings;
    private final ParkGuard guard;
    private final BackboneMetrics metrics;

    Arrivals(
            Backbone backbone,
            Channel channel,
            Decoder decoder,
            Flow flow,
            MessagingSettings settings,
            BackboneMetrics metrics) {
        this.backbone = backbone;
        this.channel = channel;
        this.decoder = decoder;
        this.flow = flow;
        this.settings = settings;
        this.guard = new ParkGuard(settings.parkWindow(), settings.parkShare());
        this.metrics = metrics;
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
     * @throws RuntimeException if infrastructure stays away, the role is stopped, or too many events would be parked: deliver the batch again
     */
    void deliver(List<Received> records) {
        var looked = records.stream().map(decoder::look).toList();
        var batch = looked.stream()
                .filter(inbound -> !(inbound instanceof Inbound.Skipped))
                .toList();
        metrics.skipped(backbone.role(), channel, looked.size() - batch.size());
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
                if (backbone.stopper.isStopped()) {
                    throw new Failures.Stopping(channel.topic());
                }
                if (attempt >= settings.attempts()) {
                    giveUp(inbound, attempt, e);
                    return;
                }
                backbone.stopper.pause(Stopper.backoff(attempt), channel.topic());
            }
        }
    }

    private void giveUp(Inbound inbound, int attempts, RuntimeException failure) {
        var error = Failures.describe(failure);
        var counted = new Counted();
        admit(Failures.root(failure).getClass().getName(), counted);
        waitingForInfrastructure(() ->
                backbone.run(transaction -> park(transaction, inbound, ParkedRows.Reason.FAILED, error, attempts)));
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
        backbone.stopper.insist(step, settings.patience(), channel.topic(), (attempt, failure) -> {
            metrics.waited(backbone.role(), channel);
            if (attempt == 1) {
                log.warn("{}: {}: waits for infrastructure: {}", backbone.role(), channel, Failures.describe(failure));
            }
        });
    }

    private void handle(List<Inbound> batch) {
        var counted = new Counted();
        backbone.run(transaction -> {
            var fresh = fresh(transaction, withoutParked(transaction, batch, counted), counted);
            backbone.open(
                    transaction, fresh.stream().map(Inbound.Understood::event).toList());
            for (var understood : fresh) {
                Flow.mark(understood.event().orderId(), understood.eventId());
                try {
                    transaction.causedBy(understood.traceparent());
                    flow.send(understood.event());
                } finally {
                    Flow.unmark();
                }
            }
            counted.handled = fresh.size();
        });
        guard.parked(counted.errors);
        guard.handled(batch.size() - counted.errors.size());
        metrics.arrived(backbone.role(), channel, counted.handled, counted.duplicates);
    }

    /** What one transaction counts; published after its commit only. */
    private static final class Counted {
        private int handled;
        private int duplicates;
        private final List<String> errors = new ArrayList<>();
    }

    /** Parks what was refused and what follows a parked event of its key; answers the rest. */
    private List<Inbound.Understood> withoutParked(Transaction transaction, List<Inbound> batch, Counted counted) {
        var keys = batch.stream().map(inbound -> inbound.received().keyText()).collect(Collectors.toSet());
        Set<String> parked = backbone.parked.lockParked(channel.topic(), keys);
        List<Inbound.Understood> free = new ArrayList<>(batch.size());
        for (var inbound : batch) {
            var received = inbound.received();
            switch (inbound) {
                case Inbound.Refused refused -> {
                    boolean holdsUp = refused.reason() != ParkedRows.Reason.NOT_UNDERSTOOD;
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
                        park(
                                transaction,
                                understood,
                                ParkedRows.Reason.FOLLOWER,
                                "an earlier event of this order is parked",
                                0);
                    } else {
                        free.add(understood);
                    }
                }
                case Inbound.Skipped skipped -> {}
            }
        }
        return free;
    }

    private List<Inbound.Understood> fresh(Transaction transaction, List<Inbound.Understood> events, Counted counted) {
        if (events.isEmpty()) {
            return events;
        }
        var answers = backbone.inbox.receive(events.stream()
                .map(one -> new Inbox.Entry(one.eventId(), one.sha256()))
                .toList());
        List<Inbound.Understood> fresh = new ArrayList<>(events.size());
        for (int i = 0; i < answers.length; i++) {
            var event = events.get(i);
            switch (answers[i]) {
                case FRESH -> fresh.add(event);
                case DUPLICATE -> counted.duplicates++;
                case OTHER_BYTES -> {
                    if (isFollowed(events, i)) {
                        // What follows it is in the inbox by now and could not park behind it: one by one.
                        throw new EventCodec.Unreadable(OTHER_EVENT);
                    }
                    park(transaction, event, ParkedRows.Reason.UNREADABLE, OTHER_EVENT, 1);
                }
            }
        }
        return fresh;
    }

    private static boolean isFollowed(List<Inbound.Understood> events, int index) {
        var key = events.get(index).received().keyText();
        return events.stream()
                .skip(index + 1L)
                .anyMatch(later -> later.received().keyText().equals(key));
    }

    /** Sets a record aside, and says whether it is the first time that it is. */
    private boolean park(
            Transaction transaction, Inbound inbound, ParkedRows.Reason reason, String error, int attempts) {
        var received = inbound.received();
        var orderId = orderId(inbound);
        var parked = backbone.parked.park(received, orderId, reason, error, attempts);
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
                            HexFormat.of().formatHex(received.sha256())));
            transaction.afterCommit(() -> {
                Flow.mark(orderId, inbound instanceof Inbound.Understood understood ? understood.eventId() : null);
                log.warn("{}: parked {} as {} ({}): {}", backbone.role(), received, row.id(), reason, error);
                Flow.unmark();
            });
            transaction.afterCommit(() -> metrics.parked(backbone.role(), channel, reason));
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

    Channel channel() {
        return channel;
    }

    Backbone backbone() {
        return backbone;
    }

    Decoder decoder() {
        return decoder;
    }

    Flow flow() {
        return flow;
    }
}
