package io.orderflow.peers.saga.orders;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An order: what was bought, and what payments and inventory have said about it. It ends when both have. */
@Entity
@Table(schema = "orders", name = "orders")
class Purchase {

    enum Status {
        PENDING,
        CONFIRMED,
        CANCELLED
    }

    @Id
    private UUID id;

    /** None until it is stored, by which Spring Data sees that there is nothing to merge with. */
    @Version
    private Long version;

    private String customerId;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Enumerated(EnumType.STRING)
    private CancellationReason reason;

    private String paymentStatus;
    private String stockStatus;
    private long totalMinor;
    private String currency;
    private Instant createdAt;
    private Instant finishedAt;

    @ElementCollection
    @CollectionTable(schema = "orders", name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "position")
    private List<PurchaseLine> lines = new ArrayList<>();

    protected Purchase() {}

    Purchase(UUID id, String customerId, String currency, List<PurchaseLine> lines, Instant now) {
        this.id = id;
        this.customerId = customerId;
        this.status = Status.PENDING;
        this.paymentStatus = "PENDING";
        this.stockStatus = "PENDING";
        this.totalMinor = lines.stream().mapToLong(PurchaseLine::totalMinor).sum();
        this.currency = currency;
        this.createdAt = now;
        this.lines.addAll(lines);
    }

    UUID id() {
        return id;
    }

    Status status() {
        return status;
    }

    Money total() {
        return new Money(totalMinor, currency);
    }

    List<Line> ordered() {
        return lines.stream().map(line -> new Line(line.sku(), line.quantity())).toList();
    }

    /** Takes in an answer, and says so when the order is decided by it. */
    Optional<Event> hear(Event event, Instant now) {
        switch (event) {
            case PaymentCompleted completed -> paymentStatus = "CAPTURED";
            case PaymentDeclined declined -> paymentStatus = "DECLINED";
            case PaymentRefunded refunded -> paymentStatus = "REFUNDED";
            case PaymentVoided voided -> paymentStatus = "VOIDED";
            case StockReserved reserved -> stockStatus = "RESERVED";
            case StockRejected rejected -> stockStatus = "REJECTED";
            case StockReleased released -> stockStatus = "RELEASED";
            default -> throw new IllegalArgumentException("event: " + event + " (expected: one that orders hears)");
        }
        return status == Status.PENDING ? decide(now) : Optional.empty();
    }

    private Optional<Event> decide(Instant now) {
        if (paymentStatus.equals("DECLINED")) {
            return Optional.of(cancel(CancellationReason.PAYMENT_DECLINED, now));
        }
        if (stockStatus.equals("REJECTED")) {
            return Optional.of(cancel(CancellationReason.OUT_OF_STOCK, now));
        }
        if (paymentStatus.equals("CAPTURED") && stockStatus.equals("RESERVED")) {
            status = Status.CONFIRMED;
            finishedAt = now;
            return Optional.of(new OrderConfirmed(id, now, total()));
        }
        return Optional.empty();
    }

    private Event cancel(CancellationReason why, Instant now) {
        status = Status.CANCELLED;
        reason = why;
        finishedAt = now;
        return new OrderCancelled(id, now, why);
    }
}
