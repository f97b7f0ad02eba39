package io.orderflow.messaging.tables;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.messaging.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A leased piece of work. */
public final class WorkItem {
    final String channel;
    final UUID id;
    final UUID lease;
    final UUID orderId;
    final String body;
    final String traceparent;
    volatile int attempt;
    volatile long leaseEnd;
    private volatile boolean inDoubt;
    private volatile boolean complete;
    Instant born;

    WorkItem(String channel, ResultSet row, UUID lease, long leaseEnd) throws SQLException {
        this.channel = channel;
        this.id = row.getObject("id", UUID.class);
        this.lease = lease;
        this.orderId = row.getObject("order_id", UUID.class);
        this.body = row.getString("body");
        this.traceparent = row.getString("tracingspancontext");
        this.attempt = row.getInt("attempts");
        this.inDoubt = row.getBoolean("in_doubt");
        this.born = row.getTimestamp("due_at").toInstant();
        this.leaseEnd = leaseEnd;
    }

    WorkItem(Newborn newborn, UUID lease) {
        this.channel = newborn.channel();
        this.id = UuidCreator.getTimeOrderedEpochPlus1();
        this.lease = lease;
        this.orderId = newborn.requested().work().orderId();
        this.body = StoredWork.write(newborn.requested().work());
        this.traceparent = newborn.requested().traceparent();
        this.attempt = newborn.begins() ? 1 : 0;
        this.leaseEnd = System.nanoTime() + newborn.lease().toNanos();
    }

    public String channel() {
        return channel;
    }

    public UUID id() {
        return id;
    }

    public UUID orderId() {
        return orderId;
    }

    /** @throws IllegalStateException if this version knows no such work */
    public Work work() {
        return StoredWork.read(body);
    }

    public String traceparent() {
        return traceparent;
    }

    /** 0 while it waits in memory for its first. */
    public int attempt() {
        return attempt;
    }

    /** Since when it has been due, by the database's clock. */
    public Instant born() {
        return born;
    }

    /** How long no other worker may take it, unless its lease is renewed. */
    public Duration leaseLeft() {
        return Duration.ofNanos(leaseEnd - System.nanoTime());
    }

    /** Nobody knows what became of an attempt at it. */
    public boolean isInDoubt() {
        return inDoubt;
    }

    /** It was carried out, and what came of it could not be recorded. */
    public void doubt() {
        inDoubt = true;
    }

    /** Its row was deleted by the transaction that recorded its answer. */
    public void complete() {
        complete = true;
    }

    public boolean isComplete() {
        return complete;
    }
}
