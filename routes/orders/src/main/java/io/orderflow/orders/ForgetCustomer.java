package io.orderflow.orders;

import io.orderflow.http.Call;
import java.time.Duration;
import java.util.UUID;

/**
 * An operator's wish to have the customer of a settled order forgotten before it is time.
 *
 * @param call that is on record with what it changed
 */
record ForgetCustomer(UUID id, Call call) {

    /**
     * How long its order has been settled by then. An instance that hangs may have its contact in memory for ten
     * minutes and send it once more: behind the erasure it would stay on the topic. And notifications is to have heard
     * what there is to tell him.
     */
    static final Duration SETTLED_FOR = Duration.ofMinutes(15);
}
