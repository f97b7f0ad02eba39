package io.orderflow.http.edge;

import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.ServedPaths;
import io.orderflow.http.edge.Paths.Place;
import io.orderflow.http.identity.Identity;
import io.orderflow.http.identity.Visitor;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every request from the container to its route, on one thread and past nobody else. It refuses paths that two
 * readers could read differently, reads the {@link Body} within its bounds, asks who sends the request, and finds the
 * {@link Edge} of its route; nothing that fails there escapes.
 */
final class EdgeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(EdgeServlet.class);

    /** Plain segments: nothing that a reader could decode, normalise or take for a parameter. */
    private static final Pattern PLAIN_PATH = Pattern.compile("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]{1,128}){1,16}");

    private final transient Paths<Edge> paths;
    private final transient Identity identity;
    private final transient Gates gates;
    private final transient Origins origins;
    private final transient EventWriter events;
    private final transient RefusalCount refusals;
    private final transient RequestTimes times;

    /**
     * What is open to requests.
     *
     * @param routes whether the routes run; the socket is open for a little longer than they are, before and after, and
     *     a 404 at such a moment would tell a client that its order does not exist
     * @param staying whether a connection may be kept for the next request
     * @param ports which paths each port serves
     * @param bodyDeadline how long a body may take to come in
     */
    record Gates(BooleanSupplier routes, BooleanSupplier staying, ServedPaths ports, Duration bodyDeadline) {}

    EdgeServlet(
            Paths<Edge> paths,
            Identity identity,
            Gates gates,
            Origins origins,
            EventWriter events,
            RefusalCount refusals,
            RequestTimes times) {
        this.paths = paths;
        this.identity = identity;
        this.gates = gates;
        this.origins = origins;
        this.events = events;
        this.refusals = refusals;
        this.times = times;
    }

    /** A request on its way, and what became known of it. */
    private static final class Visit {

        private final HttpServletRequest request;
        private final long began = System.nanoTime();
        private boolean read;
        private String template;

        Visit(HttpServletRequest request) {
            this.request = request;
        }

        Turn turn() {
            return Turn.of(request);
        }

        /** Without what its client asked it to wait. */
        long tookNanos() {
            return System.nanoTime() - began - turn().waitedNanos();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        var visit = new Visit(request);
        Reply.mark(response, visit.turn());
        origins.mark(request, response);
        var reply = reply(visit);
        if (!stays(visit)) { // as it is now, for some have waited long
            response.setHeader("Connection", "close");
        }
        reply.send(request, response, events, refusals);
        if (!visit.read) {
            leaveUnread(visit, reply);
        }
        refusals.count(request, reply.status());
        times.record(request.getMethod(), visit.template, reply.status(), visit.tookNanos());
    }

    /** A connection whose next request is here already never waits, and so never makes room by itself. */
    private boolean stays(Visit visit) {
        return gates.staying().getAsBoolean() && !visit.turn().isAwaited();
    }

    private Reply reply(Visit visit) {
        try {
            return answer(visit);
        } catch (Refusal refusal) {
            return Reply.of(refusal.problem());
        } catch (RuntimeException | Error e) {
            return Reply.of(failed(visit, e));
        }
    }

    private Reply answer(Visit visit) {
        var request = visit.request;
        var path = request.getRequestURI();
        if (!gates.routes().getAsBoolean()) {
            throw new Refusal(Problem.of(ProblemType.UNAVAILABLE, null));
        }
        if (!PLAIN_PATH.matcher(path).matches()) {
            throw new Refusal(Problem.notFound());
        }
        if (Origins.isPreflight(request)) {
            return origins.answer(request);
        }
        var body = Body.read(request, gates.bodyDeadline());
        visit.read = true;
        if (!gates.ports().serves(request.getLocalPort(), path)) {
            throw new Refusal(Problem.notFound());
        }
        Optional<Visitor> sender;
        try {
            sender = identity.visitor(request);
        } catch (Refusal refusal) {
            return unknown(refusal.problem());
        }
        var places = paths.at(path);
        for (var place : places) {
            if (place.answers(request.getMethod())) {
                visit.template = place.template();
                return place.what().answer(request, body, sender);
            }
        }
        return withoutRoute(request, places);
    }

    /** RFC 6750: who shows a token that is not good is told so, and who shows none only that one is asked for. */
    private static Reply unknown(Problem problem) {
        var reply = Reply.of(problem);
        return problem.status() == ProblemType.UNAUTHENTICATED.status()
                ? reply.with("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                : reply;
    }

    private static Reply withoutRoute(HttpServletRequest request, List<Place<Edge>> places) {
        if (places.isEmpty()) {
            throw new Refusal(Problem.notFound());
        }
        var reply = request.getMethod().equals("OPTIONS")
                ? Reply.empty(HttpServletResponse.SC_OK)
                : Reply.of(Problem.of(ProblemType.METHOD_NOT_ALLOWED, null));
        return reply.with("Allow", methods(places));
    }

    /** With the methods that come with the declared ones: every path knows OPTIONS, and whatever is read has a head. */
    private static String methods(List<Place<Edge>> places) {
        var methods = new TreeSet<String>();
        places.forEach(place -> methods.add(place.method()));
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    /** A client reads the answer only when it has sent its body; one that was too slow with it is cut off. */
    private void leaveUnread(Visit visit, Reply reply) {
        if (reply.status() != ProblemType.REQUEST_TIMEOUT.status()) {
            long left = visit.began + gates.bodyDeadline().toNanos() - System.nanoTime();
            Body.giveUp(visit.request, Duration.ofNanos(left));
            if (stays(visit)) {
                return;
            }
        }
        Body.cut(visit.request);
    }

    /**
     * The problem of what nobody expected, logged under the name that the client gets. Its message stays out of the
     * log, for those before the routes quote what a request said.
     */
    private static Problem failed(Visit visit, Throwable failure) {
        var instance = "urn:uuid:" + visit.turn().requestId();
        LOG.error("A request failed outside of its route: {}", instance, new Wordless(failure));
        return Problem.of(ProblemType.INTERNAL_ERROR, null).instance(instance);
    }

    /** Where something failed and as what, without the words. */
    private static final class Wordless extends Exception {

        private static final long serialVersionUID = 1L;

        Wordless(Throwable failure) {
            super(failure.getClass().getName(), failure.getCause() == null ? null : new Wordless(failure.getCause()));
            setStackTrace(failure.getStackTrace());
        }
    }
}
