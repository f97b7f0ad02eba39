package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking.Parked;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Flow;
import io.orderflow.messaging.flow.Transaction;
import io.orderflow.messaging.tables.Fault;
import io.orderflow.messaging.watch.Counters;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks records of one channel: keeps them as they came, and says so to operators and on {@code dead_letters}. Of a
 * record of {@code dead_letters} itself nothing is said there, for what is said would come back to its own reader; it
 * is kept as every other.
 */
final class SetAside {

    private static final Logger log = LoggerFactory.getLogger(SetAside.class);

    /** A stranger may write anything there. */
    private static final Pattern EVENT_TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}");

    private static final UUID NO_ORDER = new UUID(0, 0);

    private final Backbone backbone;
    private final Channel channel;
    private final Counters counters;

    SetAside(Backbone backbone, Channel channel, Counters counters) {
        this.backbone = backbone;
        this.channel = channel;
        this.counters = counters;
    }

    /** Parks a record, and says whether it is the first time that it is. */
    boolean park(Transaction transaction, Inbound inbound, Fault fault) {
        var received = inbound.received();
        var orderId = orderId(inbound);
        var parked = backbone.tables().parked().park(received, orderId, eventType(inbound), fault);
        parked.ifPresent(row -> {
            if (!channel.topic().equals(Topology.DEAD_LETTERS.topic())) {
                announce(transaction, inbound, row);
            }
            transaction.afterCommit(() -> {
                Flow.mark(orderId, inbound instanceof Inbound.Understood understood ? understood.eventId() : null);
                log.warn(
                        "{}: parked {} as {} ({}): {}",
                        backbone.role(),
                        received,
                        row.id(),
                        fault.reason(),
                        fault.error());
                Flow.unmark();
            });
            transaction.afterCommit(() -> counters.parked(backbone.role(), channel, fault.reason()));
        });
        return parked.isPresent();
    }

    private void announce(Transaction transaction, Inbound inbound, Parked row) {
        transaction.announce(
                Topology.DEAD_LETTERS,
                new EventParked(
                        row.orderId() == null ? NO_ORDER : row.orderId(),
                        row.parkedAt(),
                        backbone.role().name(),
                        row.id(),
                        row.topic(),
                        row.partition(),
                        row.offset(),
                        row.reason().name(),
                        HexFormat.of().formatHex(inbound.received().sha256())),
                inbound instanceof Inbound.Understood understood ? understood.traceparent() : null);
    }

    /** As its body or its header says it, if that has the form of one; null otherwise. */
    private static String eventType(Inbound inbound) {
        var said =
                switch (inbound) {
                    case Inbound.Understood understood ->
                        Event.typeOf(understood.event().getClass());
                    case Inbound.Refused refused ->
                        refused.eventType() == null ? refused.received().header("ce_type") : refused.eventType();
                    case Inbound.Skipped skipped -> null;
                };
        return said != null && EVENT_TYPE.matcher(said).matches() ? said : null;
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
