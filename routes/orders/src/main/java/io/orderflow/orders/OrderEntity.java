package io.orderflow.orders;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.hibernate.annotations.Immutable;

/**
 * An order's rows as queries read them, all of them for one order alone. Nothing is written through it: orders change
 * in {@link OrderRows} alone.
 */
@Entity
@Immutable
@Table(schema = "orders", name = "orders")
class OrderEntity {

    @Id
    private UUID id;

    private String customerId;

    @Enumerated(EnumType.STRING)
    private Status status;

    @Enumerated(EnumType.STRING)
    private CancellationReason reason;

    @Enumerated(EnumType.STRING)
    private PaymentStatus paymentStatus;

    private boolean settled;
    private long totalMinor;
    private String currency;
    private Instant createdAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @Fetch(FetchMode.SELECT)
    @CollectionTable(schema = "orders", name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderBy("position")
    private List<Line> lines;

    @ElementCollection(fetch = FetchType.EAGER)
    @Fetch(FetchMode.SELECT)
    @CollectionTable(schema = "orders", name = "order_history", joinColumns = @JoinColumn(name = "order_id"))
    @OrderBy("position")
    private List<Step> history;

    /** For the persistence provider. */
    protected OrderEntity() {}

    OrderEntity(Order order) {
        id = order.id();
        customerId = order.customerId();
        status = order.status();
        reason = order.reason();
        paymentStatus = order.payment();
        settled = order.settled();
        totalMinor = order.total().amountMinor();
        currency = order.total().currency();
        createdAt = order.createdAt();
        lines = List.of();
        history = List.of();
    }

    @Embeddable
    static class Line {

        private int position;
        private String sku;
        private int quantity;
        private long unitPriceMinor;

        /** For the persistence provider. */
        protected Line() {}
    }

    @Embeddable
    static class Step {

        private long position;

        @Column(name = "recorded_at")
        private Instant at;

        @Enumerated(EnumType.STRING)
        private Status status;

        private String event;
        private String by;

        /** For the persistence provider. */
        protected Step() {}
    }

    OrderView view() {
        return new OrderView(
                id,
                status,
                reason,
                paymentStatus,
                settled,
                lines.stream()
                        .map(line ->
                                new OrderView.Line(line.sku, line.quantity, new Money(line.unitPriceMinor, currency)))
                        .toList(),
                new Money(totalMinor, currency),
                createdAt,
                history.stream()
                        .map(step -> new OrderView.Step(step.at, step.status, step.event, step.by))
                        .toList());
    }
}
