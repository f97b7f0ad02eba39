package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Parking.Parked;
import io.orderflow.messaging.Parking.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** A row of parked records as lists read it: without its bytes, of which a page would not fit into memory. */
final class ParkedRow {

    static final String EVENTS =
            "select id, topic, partition, \"offset\", key, order_id, reason, error, attempts, parked_at";

    private ParkedRow() {}

    static Parked event(ResultSet row, Role role) throws SQLException {
        return new Parked(
                row.getObject("id", UUID.class),
                role,
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("key"),
                row.getObject("order_id", UUID.class),
                Reason.valueOf(row.getString("reason")),
                row.getString("error"),
                row.getInt("attempts"),
                row.getTimestamp("parked_at").toInstant());
    }
}
