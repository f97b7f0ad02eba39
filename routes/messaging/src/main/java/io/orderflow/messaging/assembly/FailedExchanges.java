package io.orderflow.messaging.assembly;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.inbound.SaidFailures;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What fails in a route that nobody waits for, as a timer's: with its stack where it is a mistake, and told where
 * servers are watched otherwise.
 */
final class FailedExchanges implements ExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(FailedExchanges.class);

    private final String from;
    private final Outages outages;

    /** @param from the endpoint that the route begins with */
    FailedExchanges(String from, Outages outages) {
        this.from = from;
        this.outages = outages;
    }

    @Override
    public void handleException(Throwable failure) {
        handleException("fails", failure);
    }

    @Override
    public void handleException(String message, Throwable failure) {
        handleException(message, null, failure);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        if (from.startsWith("kafka:")) {
            handleInConsumer(message, exchange, failure);
        } else if (Failures.isInfrastructure(failure)) {
            outages.report(log, from, "is tried again", failure);
        } else {
            log.error("{}: {}", from, message, failure);
        }
    }

    /** By the route's name, which is the role's and the channel's: the endpoint's may hold a password. */
    private void handleInConsumer(String message, Exchange exchange, Throwable failure) {
        if (Failures.isInfrastructure(failure) || SaidFailures.has(exchange)) {
            log.debug("{}", message, failure);
        } else {
            var name = exchange == null || exchange.getFromRouteId() == null
                    ? from.split("\\?", 2)[0]
                    : exchange.getFromRouteId();
            log.error("{}: {}; the broker delivers it again", name, message, failure);
        }
    }
}
