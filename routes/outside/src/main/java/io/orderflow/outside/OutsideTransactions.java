package io.orderflow.outside;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Another company is called outside of transactions: what it does shares no fate with ours, and must hold none open.
 */
public final class OutsideTransactions {

    private OutsideTransactions() {}

    /**
     * @param company whom the error names
     * @throws IllegalStateException inside a transaction
     */
    public static void check(String company) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(company + ": called inside a transaction (expected: by a worker)");
        }
    }
}
