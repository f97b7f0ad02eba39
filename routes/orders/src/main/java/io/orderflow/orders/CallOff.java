package io.orderflow.orders;

import io.orderflow.http.Call;
import java.util.UUID;

/**
 * An operator's wish to call an order off, whoever's it is.
 *
 * @param call that is on record with what it changed
 */
record CallOff(UUID id, Call call) {}
