package io.orderflow.orders;

import java.util.UUID;

/** An order has waited for its answers as long as it may. */
record DeadlinePassed(UUID id) {}
