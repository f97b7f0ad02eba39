package io.orderflow.outside;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/**
 * The way to a company outside: a call goes out with nothing but what its service wrote, and its answer comes back only
 * if the service understands it. While too many calls get none, the circuit is open and none is made.
 *
 * @param <C> what the service asks
 * @param <A> what the company answers
 */
public final class CallRoutes<C, A> extends RouteBuilder {

    private static final String ASKED = "OrderflowCall";
    private static final String ANSWERED = "OrderflowAnswer";

    private final Company company;
    private final CompanyName name;
    private final ProducerTemplate camel;
    private final Function<C, OutgoingRequest> request;
    private final BiFunction<C, IncomingAnswer, A> answer;

    /**
     * @param request writes a call
     * @param answer reads what came of a call, or throws {@link Unanswered}. Trust nothing: a status that nobody
     *     expects, an answer to another call and a property too many are no answer
     */
    public CallRoutes(
            Company company,
            ProducerTemplate camel,
            Function<C, OutgoingRequest> request,
            BiFunction<C, IncomingAnswer, A> answer) {
        this.company = company;
        this.name = company.name();
        this.camel = camel;
        this.request = request;
        this.answer = answer;
    }

    @Override
    public void configure() {
        company.enter(getContext().getRegistry());
        callCompany();
    }

    private void callCompany() {
        from(entry()).routeId(name.route())
            .setProperty(ASKED, body())
            // Do not remove: a header from elsewhere could steer the call (CVE-2025-27636, CVE-2026-85251).
            .removeHeaders("*")
            .policy(company.circuitName())
                .process().exchange(this::write)
                .to(ExchangePattern.InOut, company.endpoint())
                .process().exchange(this::read)                         // an answer, or Unanswered is thrown
            .end();
    }

    private String entry() {
        return "direct:" + name.route();
    }

    private void write(Exchange exchange) {
        var written = request.apply(asked(exchange));
        var message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_METHOD, written.method());
        message.setHeader(Exchange.HTTP_PATH, written.path());
        message.setHeader("Accept", written.type());
        message.setHeader("Authorization", "Bearer " + company.key());
        message.setBody(written.body());
        if (written.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, written.type());
        }
    }

    private void read(Exchange exchange) {
        var message = exchange.getMessage();
        var received = new IncomingAnswer(
                message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                message.getBody(byte[].class));
        exchange.setProperty(ANSWERED, answer.apply(asked(exchange), received));
    }

    /** What {@link #call} was given. */
    @SuppressWarnings("unchecked")
    private C asked(Exchange exchange) {
        return (C) exchange.getProperty(ASKED);
    }

    /**
     * Calls the company once. By a worker, which makes the call again as long as there is no answer; so a call has a
     * key of its own by which the company knows it again.
     *
     * @throws Unanswered whatever went wrong on the way there or back, or if the company is not called for a while
     * @throws IllegalStateException inside a transaction
     */
    @SuppressWarnings("unchecked")
    public A call(C call) {
        OutsideTransactions.check(name.company());
        var exchange = camel.request(entry(), request -> request.getMessage().setBody(call));
        switch (exchange.getException()) {
            case null -> {}
            case Unanswered none -> throw none;
            case CallNotPermittedException open ->
                throw unanswered("it is not called for a while, too many calls got no answer", open);
            case Exception failure -> throw unanswered(failure.getClass().getSimpleName(), failure);
        }
        if (exchange.getProperty(ANSWERED) == null) {
            throw unanswered("no answer came of the call", null);
        }
        return (A) exchange.getProperty(ANSWERED);
    }

    private Unanswered unanswered(String why, Exception cause) {
        return new Unanswered(name.company() + ": " + why, cause);
    }
}
