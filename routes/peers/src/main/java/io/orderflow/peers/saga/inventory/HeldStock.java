package io.orderflow.peers.saga.inventory;

import io.orderflow.contracts.Line;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is held for an order, and what became of it. */
@Entity
@Table(schema = "inventory", name = "reservation")
class HeldStock {

    enum State {
        RESERVED,
        REJECTED,
        SOLD,
        RELEASED
    }

    @Id
    private UUID orderId;

    @Version
    private Long version;

    @Enumerated(EnumType.STRING)
    private State state;

    @ElementCollection
    @CollectionTable(schema = "inventory", name = "reservation_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "position")
    private List<HeldLine> lines = new ArrayList<>();

    protected HeldStock() {}

    HeldStock(UUID orderId, State state, List<Line> lines) {
        this.orderId = orderId;
        this.state = state;
        lines.stream().map(HeldLine::new).forEach(this.lines::add);
    }

    UUID orderId() {
        return orderId;
    }

    State state() {
        return state;
    }

    List<Line> lines() {
        return lines.stream().map(HeldLine::line).toList();
    }

    void becomes(State next) {
        state = next;
    }
}
