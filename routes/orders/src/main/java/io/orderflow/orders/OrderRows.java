package io.orderflow.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where orders are kept: a database, or a map in a test. Every call belongs to the transaction on its thread. */
interface OrderRows {

    /** Reads these articles; one that is not in the catalogue is left out. */
    Map<String, Product> products(Collection<String> skus);

    /**
     * Claims the keys of these wishes, each for its answer, in one order everywhere. Of several with one key the first
     * one wins that is not refused, for nothing is kept of a refused one.
     *
     * @return the answers that were given before, by the wishes' ids; a wish that is not in there is the first under
     *     its key
     */
    Map<UUID, Placement> claim(Map<PlaceOrder, Placement> answers);

    /** Locks and reads these orders, in the order of their ids; one that does not exist is left out. */
    List<Order> lock(Collection<UUID> ids);

    /**
     * Locks and reads orders that were settled so long ago and whose customers can still be written to, the oldest
     * first; one that another transaction has locked is left out.
     */
    List<Order> lockToErase(Duration settledFor, int most);

    /**
     * Those of these orders, locked before, whose customers can still be written to; with the time from which on they
     * have been settled for so long, where that is still to come.
     */
    Map<UUID, Optional<Instant>> reachable(Collection<UUID> ids, Duration settledFor);

    /** Stores new orders with their lines. */
    void add(List<NewOrder> orders);

    /** Stores where these orders stand now. Fails if one of them is not there. */
    void save(Collection<Order> orders);

    /** Notes that the customers of these orders cannot be written to any more. */
    void erased(Collection<UUID> orders);

    /** Adds to the histories of orders. */
    void record(List<Entry> entries);

    /** An order that is to be stored, with its lines at the prices that it was accepted at. */
    record NewOrder(UUID id, String customerId, Placement.Accepted accepted, List<PricedLine> lines) {}

    record PricedLine(String sku, int quantity, long unitPriceMinor) {}

    /**
     * One step of an order's history.
     *
     * @param status after it
     * @param event the type of what was heard or said
     * @param by who brought it about in the place of customer or timer; else null
     */
    record Entry(UUID orderId, Instant at, Status status, String event, String by) {

        Entry(UUID orderId, Instant at, Status status, String event) {
            this(orderId, at, status, event, null);
        }
    }
}
