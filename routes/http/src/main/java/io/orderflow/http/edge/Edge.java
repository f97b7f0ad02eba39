package io.orderflow.http.edge;

import io.orderflow.http.Answer;
import io.orderflow.http.Audit;
import io.orderflow.http.Call;
import io.orderflow.http.EventStream;
import io.orderflow.http.Handover;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.identity.Visitor;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Overloaded;
import io.orderflow.messaging.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into a REST route, on the thread of its request. The route gets the body's bytes, no header, and asks {@link
 * Request} for the rest, if the {@link Admission} lets it in. On the way out the {@link Answer} is rendered, or the
 * problem that a {@link Refusal} or a failure amounts to, and nothing else of the message; an operator's {@link Call}
 * is written down before that.
 */
final class Edge extends DefaultConsumer implements PlatformHttpConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    /** The headers of a request that the route may ask for. */
    private static final List<String> ADMITTED_HEADERS =
            List.of(IdempotencyKey.HEADER, EventStream.LAST_ID, TraceContext.HEADER, Handover.CREDENTIALS);

    private final PlatformHttpEndpoint endpoint;
    private final String[] template;
    private final Paths<Edge> paths;
    private final Admission admission;
    private final Waits waits;
    private final Rule rule;
    private final Audit audit;
    private final RefusedCalls refusedCalls;
    private final Outages outages;

    /**
     * @param paths where it is found while it runs
     * @param audit null where no call is written down
     */
    Edge(
            PlatformHttpEndpoint endpoint,
            Processor route,
            Paths<Edge> paths,
            Admission admission,
            Waits waits,
            Rule rule,
            Audit audit,
            RefusedCalls refusedCalls,
            Outages outages) {
        super(endpoint, route);
        this.endpoint = endpoint;
        this.template = endpoint.getPath().split("/");
        this.paths = paths;
        this.admission = admission;
        this.waits = waits;
        this.rule = rule;
        this.audit = audit;
        this.refusedCalls = refusedCalls;
        this.outages = outages;
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        paths.add(endpoint.getHttpMethodRestrict(), endpoint.getPath(), this);
    }

    @Override
    protected void doStop() throws Exception {
        paths.remove(this);
        super.doStop();
    }

    /**
     * Takes a request through the route.
     *
     * @param sender who sends it, if it says so
     * @throws Refusal 503, while the route pauses
     */
    Reply answer(HttpServletRequest sent, byte[] body, Optional<Visitor> sender) {
        if (isSuspended()) {
            throw new Refusal(Problem.of(ProblemType.UNAVAILABLE, null));
        }
        var exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        try {
            pass(exchange, sent, body, sender);
            return leave(exchange, Turn.of(sent)).unlessKnownTo(sent);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private void pass(Exchange exchange, HttpServletRequest sent, byte[] body, Optional<Visitor> sender) {
        try {
            createUoW(exchange);
            enter(exchange, sent, body, sender);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    private void enter(Exchange exchange, HttpServletRequest sent, byte[] body, Optional<Visitor> sender) {
        var request = request(sent, body);
        exchange.getMessage().setBody(request.body());
        request.attachTo(exchange);
        TraceContext.attach(exchange, request.traceparent());
        admission.admit(sender, Turn.of(sent), request, rule, exchange);
        sender.ifPresent(visitor -> waits.room(sent, visitor.caller()).attachTo(exchange));
        request.checkWants();
    }

    private Request request(HttpServletRequest request, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        for (var name : ADMITTED_HEADERS) {
            headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
        }
        var query = request.getQueryString();
        return new Request(
                request.getMethod(),
                request.getRequestURI(),
                pathParameters(request.getRequestURI()),
                query == null ? "" : query,
                rule.parameters(),
                headers,
                body);
    }

    /**
     * The path's values by the template's names. Only plain segments come here: none has to be decoded, and the path
     * has as many as the template.
     */
    private Map<String, String> pathParameters(String path) {
        Map<String, String> parameters = new HashMap<>();
        var values = path.split("/");
        for (int i = 0; i < template.length && i < values.length; i++) {
            if (template[i].startsWith("{") && template[i].endsWith("}")) {
                parameters.put(template[i].substring(1, template[i].length() - 1), values[i]);
            }
        }
        return parameters;
    }

    private Reply leave(Exchange exchange, Turn turn) {
        var call = Call.in(exchange);
        Throwable failure = exchange.getException();
        exchange.setException(null);
        exchange.setRollbackOnly(false);
        if (failure == null) {
            try {
                var reply = Reply.of(answer(exchange.getMessage().getBody()));
                if (call != null && !call.readsTheRecord()) {
                    audit.write(call, Audit.DONE);
                }
                return reply.endingWith(late -> problem(late, turn));
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        return Reply.of(written(call, problem(failure, turn), turn));
    }

    /**
     * Writes the call down and returns its problem. Of those who may not make it, which anybody can be, not every call
     * is written; of an operator each is. Where that fails, the failure's problem is returned instead: no operator is
     * answered about a call that is not on record.
     */
    private Problem written(Call call, Problem problem, Turn turn) {
        try {
            boolean may = problem.status() != ProblemType.FORBIDDEN.status();
            if (call != null && (may || refusedCalls.isWritten(call.caller()))) {
                audit.write(call.changingNothing(), problem.name());
            }
            return problem;
        } catch (RuntimeException e) {
            return problem(e, turn);
        }
    }

    private static Answer answer(Object body) {
        return body instanceof Answer answer ? answer : body == null ? Answer.noContent() : Answer.ok(body);
    }

    /** The problem that a failure amounts to. An unexpected failure is logged, under the name that the client gets. */
    private Problem problem(Throwable failure, Turn turn) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.problem();
            }
            if (cause instanceof Overloaded) {
                return Problem.of(ProblemType.UNAVAILABLE, "More requests wait than may wait; nothing was done");
            }
        }
        if (Failures.isInfrastructure(failure)) {
            outages.report(LOG, "requests", "one is answered 503", failure);
            return Problem.of(ProblemType.UNAVAILABLE, null);
        }
        var instance = "urn:uuid:" + turn.requestId();
        LOG.error("A request failed: {}", instance, failure);
        return Problem.of(ProblemType.INTERNAL_ERROR, null).instance(instance);
    }
}
