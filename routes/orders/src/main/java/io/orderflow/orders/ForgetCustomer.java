package io.orderflow.orders;

import io.orderflow.http.Call;
import java.util.UUID;

/**
 * An operator's wish to have the customer of a settled order forgotten before it is time.
 *
 * @param call that is on record with what it changed
 */
record ForgetCustomer(UUID id, Call call) {}
