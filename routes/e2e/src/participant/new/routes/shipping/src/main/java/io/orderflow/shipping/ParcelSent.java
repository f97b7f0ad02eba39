package io.orderflow.shipping;

import java.util.UUID;

/** The carrier's answer: it has the parcel. */
record ParcelSent(UUID orderId, String label) {}
