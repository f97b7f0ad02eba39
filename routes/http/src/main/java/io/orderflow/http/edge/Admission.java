package io.orderflow.http.edge;

import io.orderflow.http.Call;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.identity.Visitor;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Decides who and what comes in to a route: a sender who is known, is not too fast and may call the route by its {@link
 * Rule}, with a request that the service has room for. Nobody else decides it. It decides when the route is found, so
 * that there is no second matching of paths.
 */
final class Admission {

    private final RateLimit rate;
    private final UnderWay underWay;
    private final Intake intake;

    Admission(RateLimit rate, UnderWay underWay, Intake intake) {
        this.rate = rate;
        this.underWay = underWay;
        this.intake = intake;
    }

    /**
     * Lets the request in, or not. From here on an operator's call is on record, unless the operator is too fast:
     * nobody may flood the record.
     *
     * @param sender empty where the request does not say
     * @param turn at whose end the request is no longer under way
     * @throws Refusal 401, 403, 429 or 503
     */
    void admit(Optional<Visitor> sender, Turn turn, Request request, Rule rule, Exchange exchange) {
        if (rule.admitsEverybody()) {
            return;
        }
        var visitor = sender.orElseThrow(() ->
                new Refusal(Problem.of(ProblemType.UNAUTHENTICATED, "Authorization: none (expected: a bearer token)")));
        visitor.caller().attachTo(exchange);
        rate.check(visitor.caller(), request.isReading());
        underWay.begin(visitor.caller(), turn);
        if (rule.isForOperators()) {
            call(turn, visitor, rule, request).attachTo(exchange);
        }
        if (!rule.admits(visitor)) {
            throw new Refusal(Problem.of(ProblemType.FORBIDDEN, null));
        }
        if (!request.isReading() && !rule.isForOperators()) {
            intake.check(rule.service());
        }
    }

    private static Call call(Turn turn, Visitor visitor, Rule rule, Request request) {
        return new Call(
                turn.requestId(),
                visitor.caller(),
                rule.shownBy(visitor),
                rule.service(),
                rule.route(),
                request.path());
    }
}
