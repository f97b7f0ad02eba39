package io.orderflow.http.edge;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.http.Answer;
import io.orderflow.http.Audit;
import io.orderflow.http.Call;
import io.orderflow.http.Content;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import io.orderflow.http.StrictJson;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Overloaded;
import io.orderflow.messaging.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is around a REST route. On the way in it removes all headers, because camel-platform-http makes headers of
 * whatever a request names and would send them all back; the route gets the body's bytes and asks {@link Request} for
 * the rest, if the {@link Admission} lets it in. On the way out it renders the {@link Answer}, or the problem that a
 * {@link Refusal} or a failure amounts to, and nothing else of the message; an operator's {@link Call} is written down
 * before that.
 */
final class Edge implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    /** The headers of a request that the route may ask for. */
    private static final List<String> ADMITTED_HEADERS = List.of(IdempotencyKey.HEADER, TraceContext.HEADER);

    private final String template;
    private final Processor route;
    private final Admission admission;
    private final Rule rule;
    private final Audit audit;
    private final RefusedCalls refusedCalls;
    private final Outages outages;

    /** @param audit null where no call is written down */
    Edge(
            String template,
            Processor route,
            Admission admission,
            Rule rule,
            Audit audit,
            RefusedCalls refusedCalls,
            Outages outages) {
        this.template = template;
        this.route = route;
        this.admission = admission;
        this.rule = rule;
        this.audit = audit;
        this.refusedCalls = refusedCalls;
        this.outages = outages;
    }

    @Override
    public void process(Exchange exchange) {
        try {
            enter(exchange);
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        leave(exchange);
    }

    private void enter(Exchange exchange) {
        var message = exchange.getMessage(PlatformHttpMessage.class);
        message.removeHeaders("*");
        var sent = message.getRequest();
        var request = request(sent);
        var visitor = admission.visitor(rule, sent);
        message.setBody(request.body());
        request.attachTo(exchange);
        TraceContext.attach(exchange, request.traceparent());
        admission.admit(visitor, Turn.of(sent), request, rule, exchange);
        request.checkWants();
    }

    private Request request(HttpServletRequest request) {
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
                Body.of(request));
    }

    /**
     * The path's values by the template's names. The filter lets in plain segments only: none has to be decoded, and
     * the path has as many as the template.
     */
    private Map<String, String> pathParameters(String path) {
        Map<String, String> parameters = new HashMap<>();
        var names = template.split("/");
        var values = path.split("/");
        for (int i = 0; i < names.length && i < values.length; i++) {
            if (names[i].startsWith("{") && names[i].endsWith("}")) {
                parameters.put(names[i].substring(1, names[i].length() - 1), values[i]);
            }
        }
        return parameters;
    }

    private void leave(Exchange exchange) {
        var call = Call.in(exchange);
        var failure = exchange.getException();
        exchange.setException(null);
        exchange.setRollbackOnly(false);
        if (failure == null) {
            try {
                render(exchange, answer(exchange.getMessage().getBody()));
                write(call, Audit.DONE);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            render(exchange, written(call, problem(failure)));
        }
        if (call != null) {
            exchange.getMessage().setHeader("X-Request-Id", call.id().toString());
        }
    }

    private void write(Call call, String result) {
        if (call != null) {
            audit.write(call, result);
        }
    }

    /**
     * Writes the call down and returns its problem. Of those who may not make it, which anybody can be, not every call
     * is written; of an operator each is. Where that fails, the failure's problem is returned instead: no operator is
     * answered about a call that is not on record.
     */
    private Problem written(Call call, Problem problem) {
        try {
            boolean may = problem.status() != ProblemType.FORBIDDEN.status();
            if (call != null && (may || refusedCalls.isWritten(call.caller()))) {
                write(call, problem.name());
            }
            return problem;
        } catch (RuntimeException e) {
            return problem(e);
        }
    }

    private static Answer answer(Object body) {
        return body instanceof Answer answer ? answer : body == null ? Answer.noContent() : Answer.ok(body);
    }

    /** The problem that a failure amounts to. An unexpected failure is logged, under the name that the client gets. */
    private Problem problem(Throwable failure) {
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
        var instance = "urn:uuid:" + UuidCreator.getTimeOrderedEpoch();
        LOG.error("A request failed: {}", instance, failure);
        return Problem.of(ProblemType.INTERNAL_ERROR, null).instance(instance);
    }

    private static void render(Exchange exchange, Answer answer) {
        if (answer.body() instanceof Content content) {
            render(exchange, answer.status(), content.mediaType(), content.bytes());
            exchange.getMessage().setHeader("Content-Security-Policy", content.policy());
        } else {
            var body = answer.body() == null ? null : bytes(answer.body());
            render(exchange, answer.status(), "application/json", body);
        }
        if (answer.location() != null) {
            exchange.getMessage().setHeader("Location", answer.location().toString());
        }
    }

    private static byte[] bytes(Object body) {
        return body instanceof String json ? json.getBytes(StandardCharsets.UTF_8) : StrictJson.bytes(body);
    }

    private static void render(Exchange exchange, Problem problem) {
        render(exchange, problem.status(), Problem.MEDIA_TYPE, StrictJson.bytes(problem));
        if (problem.retryAfter() > 0) {
            exchange.getMessage().setHeader("Retry-After", problem.retryAfter());
        }
        if (problem.status() == ProblemType.UNAUTHENTICATED.status()) {
            exchange.getMessage().setHeader("WWW-Authenticate", "Bearer");
        }
    }

    private static void render(Exchange exchange, int status, String mediaType, byte[] body) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(body);
        if (body != null) {
            message.setHeader(Exchange.CONTENT_TYPE, mediaType);
            message.setHeader(Exchange.HTTP_CHUNKED, false);
        }
    }
}
