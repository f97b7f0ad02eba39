package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Flow;
import io.orderflow.messaging.flow.Transaction;
import io.orderflow.messaging.watch.Counters;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parks records of one channel: keeps them as they came, and says so to operators and on {@code dead_letters}. */
final class SetAside {

    private static final Logger log = LoggerFactory.getLogger(SetAside.class);
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
    boolean park(Transaction transaction, Inbound inbound, Reason reason, String error, int attempts) {
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
