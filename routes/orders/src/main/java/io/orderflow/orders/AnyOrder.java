package io.orderflow.orders;

import java.util.UUID;

/** Which order an operator asks for, whoever's it is; customers ask with an {@link OrderQuery}. */
record AnyOrder(UUID id) {}
