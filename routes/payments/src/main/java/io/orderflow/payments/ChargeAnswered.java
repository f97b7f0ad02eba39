package io.orderflow.payments;

import java.util.UUID;

/** What the provider said to an order's charge. */
record ChargeAnswered(UUID orderId, PaymentProvider.ChargeAnswer answer) {}
