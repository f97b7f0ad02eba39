package io.orderflow.http.ops;

import io.orderflow.messaging.ParkedSearch;
import io.orderflow.messaging.ParkedSearch.Listed;
import io.orderflow.messaging.ParkedSearch.Whole;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.State;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Parked events as operators see them. What is in an event is a {@link Payload}, and asked for by itself. */
final class Shown {

    private Shown() {}

    /** How bytes are written. */
    enum As {
        TEXT,
        HEX
    }

    /** An event in a list: where it stands, and why. */
    record ParkedView(
            UUID id,
            String service,
            String topic,
            int partition,
            long offset,
            String key,
            UUID orderId,
            String type,
            Reason reason,
            String error,
            String errorClass,
            String group,
            int attempts,
            State state,
            Instant parkedAt,
            Instant settledAt) {

        static ParkedView of(Listed listed) {
            var parked = listed.event();
            return new ParkedView(
                    parked.id(),
                    parked.role().name(),
                    parked.topic(),
                    parked.partition(),
                    parked.offset(),
                    parked.key(),
                    parked.orderId(),
                    listed.eventType(),
                    parked.reason(),
                    parked.error(),
                    listed.errorClass(),
                    listed.group(),
                    parked.attempts(),
                    listed.state(),
                    parked.parkedAt(),
                    listed.settledAt());
        }
    }

    /** Events that failed alike. */
    record GroupView(
            String service,
            String group,
            String errorClass,
            String error,
            long count,
            boolean more,
            UUID firstId,
            Instant firstParkedAt,
            Instant lastParkedAt,
            Instant lastTriedAt) {

        static GroupView of(ParkedSearch.Group group) {
            return new GroupView(
                    group.role().name(),
                    group.group(),
                    group.errorClass(),
                    group.error(),
                    group.count(),
                    group.more(),
                    group.first().id(),
                    group.first().parkedAt(),
                    group.lastParkedAt(),
                    group.lastTriedAt());
        }
    }

    /** A header: text where it is that, digits where it is not, and neither where it has no value. */
    record HeaderView(String name, String text, String hex, int bytes) {

        static HeaderView of(ParkedSearch.Header header) {
            var value = header.value();
            if (value == null) {
                return new HeaderView(header.name(), null, null, 0);
            }
            try {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(value))
                        .toString();
                if (text.chars().noneMatch(Character::isISOControl)) {
                    return new HeaderView(header.name(), text, null, header.bytes());
                }
            } catch (CharacterCodingException e) {
                // It is no text.
            }
            return new HeaderView(header.name(), null, HexFormat.of().formatHex(value), header.bytes());
        }
    }

    /** What waits behind an event. */
    record FollowerView(UUID id, String type, Reason reason, Instant parkedAt) {

        static FollowerView of(ParkedSearch.Follower follower) {
            return new FollowerView(follower.id(), follower.eventType(), follower.reason(), follower.parkedAt());
        }
    }

    /** One event with everything about it. */
    record WholeView(
            ParkedView event,
            String sha256,
            Long bytes,
            boolean withheld,
            List<HeaderView> headers,
            String stack,
            UUID behind,
            List<FollowerView> followers,
            boolean moreFollowers,
            List<Timeline.Step> timeline) {

        static WholeView of(Whole whole, List<Timeline.Step> timeline) {
            return new WholeView(
                    ParkedView.of(whole.event()),
                    HexFormat.of().formatHex(whole.sha256()),
                    whole.bytes(),
                    whole.withheld(),
                    whole.headers().stream().map(HeaderView::of).toList(),
                    whole.stack(),
                    whole.behind(),
                    whole.followers().stream().map(FollowerView::of).toList(),
                    whole.more(),
                    timeline);
        }
    }
}
