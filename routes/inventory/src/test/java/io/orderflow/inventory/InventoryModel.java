package io.orderflow.inventory;

import io.orderflow.contracts.Line;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.model.Kept;
import io.orderflow.messaging.model.Modelled;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.apache.camel.RoutesBuilder;

/** Inventory as the model runs it. */
public final class InventoryModel implements Modelled {

    private final StockInMemory rows = new StockInMemory();
    private final Stock stock;
    private final RoutesBuilder routes;

    public InventoryModel(Clock clock) {
        stock = new Stock(rows, clock);
        routes = new InventoryRoutes(InventoryChannels.declared(), stock);
    }

    @Override
    public Role role() {
        return Role.INVENTORY;
    }

    @Override
    public RoutesBuilder routes() {
        return routes;
    }

    @Override
    public List<UnitOfWork> units() {
        return List.of(stock);
    }

    @Override
    public Kept rows() {
        return rows;
    }

    /** Puts so many on the shelf. */
    public void stocks(String sku, long onHand) {
        rows.with(sku, onHand);
    }

    /** What came in is on hand or sold, and what is reserved is what open orders hold (invariant I4). */
    public void assertConserved() {
        rows.assertConserved();
    }

    /** Where an order's reservation stands, for example {@code SOLD}. */
    public String state(UUID order) {
        return rows.state(order).name();
    }

    /** How many an order had reserved, has bought or has given back. */
    public long quantity(UUID order) {
        return rows.reservations.getOrDefault(order, Reservation.unknown(order)).lines().stream()
                .mapToLong(Line::quantity)
                .sum();
    }

    public long sold(String sku) {
        return rows.item(sku).sold();
    }

    public long reserved(String sku) {
        return rows.item(sku).reserved();
    }
}
