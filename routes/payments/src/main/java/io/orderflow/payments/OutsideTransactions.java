package io.orderflow.payments;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A provider is another company: what it does must not share the fate of a transaction of ours, nor hold one open. */
final class OutsideTransactions {

    private OutsideTransactions() {}

    static void check() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("provider: called inside a transaction (expected: by a worker)");
        }
    }
}
