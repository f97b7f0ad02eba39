package io.orderflow.orders;

import io.orderflow.http.Caller;
import java.util.UUID;

/** A customer's wish to call an order off. */
record CancelOrder(UUID id, Caller caller) {}
