package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Origin.Manner;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Flow;
import io.orderflow.messaging.flow.Flows;
import io.orderflow.messaging.flow.Transaction;
import io.orderflow.messaging.tables.Inbox;
import io.orderflow.messaging.tables.Received;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel as one role hears it. It reads the channel's records, drops the events that took effect before, and hands
 * the others to the service's flow, all in the caller's transaction. Consumers and releases of parked events come
 * through here, so that an event takes effect in one way only.
 */
final class IdempotentReceiver {

    private static final Logger log = LoggerFactory.getLogger(IdempotentReceiver.class);

    private final Backbone backbone;
    private final Channel channel;
    private final Decoder decoder;
    private final Flows flows;
    private final EndpointName flow;

    IdempotentReceiver(Backbone backbone, Channel channel, Decoder decoder, Flows flows) {
        this.backbone = backbone;
        this.channel = channel;
        this.decoder = decoder;
        this.flows = flows;
        this.flow = EndpointName.hearing(backbone.role(), channel);
    }

    Role role() {
        return backbone.role();
    }

    Channel channel() {
        return channel;
    }

    Backbone backbone() {
        return backbone;
    }

    /**
     * A channel whose flow does not run is left alone: no event of it is parked, released or given up meanwhile.
     *
     * @throws Failures.Stopping if the service's flow is not running
     */
    void insistOnItsFlow() {
        flows.running(flow);
    }

    /** What is to become of a record. */
    Inbound look(Received record) {
        return decoder.look(record);
    }

    /**
     * What one transaction made of events that it understood.
     *
     * @param handled how many took effect
     * @param duplicates how many had taken effect before
     */
    record Receipt(int handled, int duplicates) {}

    /**
     * Lets events take effect that have not yet, in the order given.
     *
     * @param underKnownId told of each event under whose id its topic said something else, before anything is handled
     * @throws Failures.Stopping if the service's flow is not running
     * @throws RuntimeException what the flow threw
     */
    Receipt receive(
            Transaction transaction,
            List<Inbound.Understood> events,
            Manner manner,
            Consumer<Inbound.Understood> underKnownId) {
        int duplicates = 0;
        List<Inbound.Understood> fresh = new ArrayList<>(events.size());
        var identities = events.stream().map(Inbound.Understood::identity).toList();
        var answers = backbone.tables().inbox().receive(channel.topic(), identities);
        for (int i = 0; i < answers.length; i++) {
            switch (answers[i]) {
                case FRESH -> fresh.add(events.get(i));
                case DUPLICATE -> duplicates++;
                case ANOTHER -> underKnownId.accept(events.get(i));
            }
        }
        var running = flows.running(flow);
        transaction.load(fresh.stream().map(Inbound.Understood::event).toList());
        fresh.forEach(event -> handle(running, event, manner));
        erase(transaction, events);
        return new Receipt(fresh.size(), duplicates);
    }

    /**
     * Lets events take effect once more, whatever the inbox knows of them, and leaves it as it is.
     *
     * @throws Failures.Stopping if the service's flow is not running
     * @throws RuntimeException what the flow threw
     */
    void receiveAgain(Transaction transaction, List<Inbound.Understood> events) {
        var running = flows.running(flow);
        transaction.load(events.stream().map(Inbound.Understood::event).toList());
        events.forEach(event -> handle(running, event, Manner.REREAD));
    }

    /** Those of these events that have not taken effect and are not parked either. */
    List<Inbound.Understood> unknown(List<Inbound.Understood> events) {
        var ids = events.stream().map(Inbound.Understood::eventId).collect(Collectors.toSet());
        var unknown = backbone.tables().inbox().unknown(channel.topic(), ids);
        return events.stream()
                .filter(event -> unknown.contains(event.eventId()))
                .filter(event -> !backbone.tables().parked().has(event.received()))
                .toList();
    }

    /** What an erasure forgets is not kept with the parked events either. */
    private void erase(Transaction transaction, List<Inbound.Understood> events) {
        var keys = erased(events);
        if (keys.isEmpty()) {
            return;
        }
        int erased = backbone.tables().parked().erasure().erase(channel.topic(), keys);
        if (erased > 0) {
            transaction.afterCommit(() ->
                    log.warn("{}: {}: {} parked events are given up, for they are erased", role(), channel, erased));
        }
    }

    /** The keys that are erased by these events. */
    Set<String> erased(Collection<? extends Inbound> events) {
        return events.stream()
                .filter(Inbound.Understood.class::isInstance)
                .map(Inbound.Understood.class::cast)
                .filter(event -> event.event().getClass() == channel.tombstone())
                .map(event -> event.received().keyText())
                .collect(Collectors.toSet());
    }

    private static void handle(Flow flow, Inbound.Understood understood, Manner manner) {
        Flow.mark(understood.event().orderId(), understood.eventId());
        try {
            flow.send(understood.event(), understood.traceparent(), understood.origin(manner));
        } finally {
            Flow.unmark();
        }
    }

    /**
     * Notes an event that is given up, so that it has no effect when it comes again, not even in a later version that
     * understands it. One without an id that can be told comes as a new one.
     */
    void forgo(Received record) {
        identityOf(record).ifPresent(identity -> backbone.tables().inbox().receive(channel.topic(), List.of(identity)));
    }

    private Optional<Inbox.Entry> identityOf(Received record) {
        return switch (look(record)) {
            case Inbound.Understood understood -> Optional.of(understood.identity());
            case Inbound.Refused refused ->
                Optional.ofNullable(refused.eventId()).map(id -> new Inbox.Entry(id, record.sha256(), null));
            case Inbound.Skipped skipped -> Optional.empty();
        };
    }
}
