package io.orderflow.inventory;

import io.orderflow.contracts.Event;
import java.util.Map;

/**
 * What one event changes.
 *
 * @param reservation the order's reservation afterwards
 * @param items the articles that moved, by SKU, as they are afterwards
 * @param says the event that the others are told, or null for nothing
 */
record Decision(Reservation reservation, Map<String, StockItem> items, Event says) {

    /** The event was here before, or comes too late to matter. */
    static Decision nothing(Reservation reservation) {
        return new Decision(reservation, Map.of(), null);
    }
}
