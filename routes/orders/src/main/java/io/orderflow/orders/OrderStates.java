package io.orderflow.orders;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where orders stand, as whoever waits for them looks at it: outside of every transaction, and locking nothing. */
interface OrderStates {

    /** These orders; one that does not exist is left out. */
    List<Order> read(Collection<UUID> ids);

    /** The history of an order from its beginning, without its first so many steps. */
    List<OrderView.Step> stepsAfter(UUID id, int first);
}
