package io.orderflow.payments;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;

/**
 * The way to a provider that is somewhere else: a call goes out with nothing but what the contract has, and its answer
 * comes back only if it is understood. While too many calls get none, the circuit is open and none is made.
 */
final class ProviderRoutes extends RouteBuilder {

    static final String CALL = "direct:payments.call-provider";
    static final String CIRCUIT = "paymentProviderCircuit";

    private static final String ASKED = "OrderflowProviderCall";

    private final String provider;
    private final ApiKey key;

    /** @param provider the endpoint that calls it */
    ProviderRoutes(String provider, ApiKey key) {
        this.provider = provider;
        this.key = key;
    }

    @Override
    public void configure() {
        callProvider();
    }

    private void callProvider() {
        from(CALL).routeId("payments.call-provider")
            .setProperty(ASKED, body())
            // Do not remove: a header from elsewhere could steer the call (CVE-2025-27636, CVE-2026-85251).
            .removeHeaders("*")
            .circuitBreaker()
                .resilience4jConfiguration()
                    .circuitBreaker(CIRCUIT)
                    .throwExceptionWhenHalfOpenOrOpenState(true)
                .end()
                .process().exchange(this::write)
                .to(ExchangePattern.InOut, provider)
                .transform().exchange(this::read)                       // ProviderAnswer, or NoAnswer is thrown
            .end();
    }

    private void write(Exchange exchange) {
        var call = asked(exchange);
        var message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_METHOD, ProviderMessages.method(call));
        message.setHeader(Exchange.HTTP_PATH, ProviderMessages.path(call));
        message.setHeader("Accept", ProviderMessages.JSON_TYPE);
        message.setHeader("Authorization", "Bearer " + key.value());
        message.setBody(ProviderMessages.body(call));
        if (message.getBody() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, ProviderMessages.JSON_TYPE);
        }
    }

    private ProviderAnswer read(Exchange exchange) {
        var message = exchange.getMessage();
        return ProviderMessages.answer(
                asked(exchange),
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                message.getBody(byte[].class));
    }

    private static ProviderCall asked(Exchange exchange) {
        return exchange.getProperty(ASKED, ProviderCall.class);
    }
}
