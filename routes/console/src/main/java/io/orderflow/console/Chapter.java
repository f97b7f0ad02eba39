package io.orderflow.console;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Origin;
import io.orderflow.messaging.Origin.Manner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * An event as an order's story tells it: what was said, by whom, and where it stands.
 *
 * @param source the role that said it
 * @param offset its first place in the partition, from 0
 * @param occurredAt by its writer's clock
 * @param publishedAt when its record was written; null where that is not known
 * @param readAt when console read it, by the database's clock; null where it was read again only
 * @param isHeardNow whether it is read now, and for the first time
 * @param traceId 32 hexadecimal digits, or null
 */
record Chapter(
        UUID orderId,
        UUID eventId,
        String type,
        String source,
        String topic,
        int partition,
        long offset,
        Instant occurredAt,
        Instant publishedAt,
        Instant readAt,
        boolean isHeardNow,
        String traceId,
        Details details) {

    /** Beyond it a time is none: nobody's clock says so. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    static Chapter of(Event event, Origin origin, String traceparent) {
        return new Chapter(
                event.orderId(),
                origin.eventId(),
                Event.typeOf(event.getClass()),
                event instanceof EventParked parked ? parked.service() : writerOf(origin.topic()),
                origin.topic(),
                origin.partition(),
                origin.offset(),
                event.occurredAt().truncatedTo(ChronoUnit.MICROS),
                plausible(origin.publishedAt()),
                null,
                origin.manner() != Manner.REREAD,
                traceparent == null ? null : traceparent.substring(3, 35),
                Details.of(event));
    }

    private static String writerOf(String topic) {
        return Topology.WITH_CONSOLE
                .find(topic)
                .flatMap(channel -> channel.writers().stream().findFirst())
                .orElseThrow()
                .name();
    }

    private static Instant plausible(Instant time) {
        return time == null || time.isAfter(END_OF_TIME) ? null : time;
    }

    /** What tells it from the others of its order: ids are unique on a topic. */
    record Key(String topic, UUID eventId) {}

    Key key() {
        return new Key(topic, eventId);
    }

    /** When it could be heard, as far as that is known. */
    Instant toldAt() {
        return publishedAt == null ? occurredAt : publishedAt;
    }

    /** The same, with what only an earlier reading knows. */
    Chapter keeping(Chapter known) {
        return new Chapter(
                orderId,
                eventId,
                type,
                source,
                topic,
                partition,
                offset,
                occurredAt,
                publishedAt == null ? known.publishedAt : publishedAt,
                known.readAt,
                isHeardNow && known.readAt == null || known.isHeardNow,
                traceId,
                details);
    }
}
