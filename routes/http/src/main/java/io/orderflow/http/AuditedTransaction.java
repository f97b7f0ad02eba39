package io.orderflow.http;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A transaction around some steps of an operator's route, which also writes down the route's {@link Call}. It is for
 * routes that change data outside of the backbone's flows. A failure of the steps rolls it back, and goes on as it
 * would without it.
 */
public final class AuditedTransaction implements Policy {

    private final TransactionOperations transactions;
    private final Audit audit;

    public AuditedTransaction(TransactionOperations transactions, Audit audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {}

    @Override
    public Processor wrap(Route route, Processor steps) {
        return exchange -> transactions.executeWithoutResult(transaction -> {
            if (!done(steps, exchange)) {
                transaction.setRollbackOnly();
            }
        });
    }

    private boolean done(Processor steps, Exchange exchange) {
        try {
            steps.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.isFailed()) {
            return false;
        }
        audit.write(Call.of(exchange), Audit.DONE);
        return true;
    }
}
