package io.orderflow.payments;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where payments are kept, a batch at a time. */
interface PaymentRows {

    /** The payments of these orders that exist, locked until the transaction ends. */
    List<Payment> load(Collection<UUID> orders);

    /** Stores payments that did not exist; fails if one does by now. */
    void insert(Collection<Payment> payments);

    void update(Collection<Payment> payments);

    /** How many are {@link Payment.State#REFUND_FAILED}. */
    long countFailing();
}
