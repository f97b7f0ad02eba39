package io.orderflow.shipping;

import java.util.UUID;

/**
 * The parcel of an order.
 *
 * @param label null until the carrier has it
 */
record Parcel(UUID orderId, String label) {}
