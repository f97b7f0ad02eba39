package io.orderflow.messaging.relay;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.tables.OutboxRow;
import io.orderflow.messaging.tables.RefusedEvents;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the broker says of one event and not of its topic: its order waits, and is named once. */
final class BrokersRefusal {

    private static final Logger log = LoggerFactory.getLogger(BrokersRefusal.class);

    private BrokersRefusal() {}

    static boolean isOne(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException;
    }

    static void note(Role role, RefusedEvents refused, Outages outages, OutboxRow row, Exception failure) {
        try {
            if (refused.note(row.position())) {
                log.error(
                        "{}: relay: {}: {} of order {}, {} bytes, is refused (expected: what the topic takes, max.message.bytes); its order waits: {}",
                        role,
                        row.topic(),
                        row.type(),
                        row.orderId(),
                        row.value() == null ? 0 : row.value().getBytes(StandardCharsets.UTF_8).length,
                        Failures.describe(failure));
            }
        } catch (RuntimeException e) {
            outages.report(log, role + ": relay", "cannot note a refused event, it is sent again", e);
        }
    }
}
