package io.orderflow.console.roles;

import io.orderflow.contracts.Role;
import io.orderflow.http.Answer;
import io.orderflow.http.Call;
import io.orderflow.http.Content;
import io.orderflow.http.Handover;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * Hands an operator's call on to the role that it is for, if it is one of the list, and answers what the role answers.
 * Whether the operator may do it, and what is written down of it, is the role's affair: console lets in whoever works
 * for the shop, and keeps a record only of what no role has heard.
 */
final class RolesDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Nothing that a role says is a page. */
    private static final String POLICY = "default-src 'none'; sandbox";

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";

    /** What a role's answer can be; none where there is nothing to say. */
    private static final Set<String> BODIES = Set.of(JSON, CSV, "");

    /** Nobody is logged in, or the role is about to stop. */
    private static final Set<Integer> BEFORE_THE_RECORD = Set.of(401, 503);

    private final RoleCalls calls;
    private final RoleAddresses addresses;
    private final RoleClient client;

    RolesDesk(RoleCalls calls, RoleAddresses addresses, RoleClient client) {
        this.calls = calls;
        this.addresses = addresses;
        this.client = client;
    }

    Answer list(Exchange exchange) {
        return handOn(exchange, "list");
    }

    Answer item(Exchange exchange) {
        return handOn(exchange, "list", "id");
    }

    Answer part(Exchange exchange) {
        return handOn(exchange, "list", "id", "part");
    }

    private Answer handOn(Exchange exchange, String... names) {
        var path = Stream.of(names).map(name -> Request.path(exchange, name)).toList();
        var role = addresses.find(Request.path(exchange, "role")).orElseThrow(RolesDesk::notFound);
        var handover = Handover.of(exchange);
        var call = calls.find(role, handover.method(), path).orElseThrow(RolesDesk::notFound);
        if (!call.parameters().containsAll(handover.parameters())) {
            throw new Refusal(Problem.malformed("query: unknown parameter (expected: none but "
                    + String.join(", ", call.parameters().stream().sorted().toList()) + ")"));
        }
        return answer(role, ask(role, path, handover), handover, exchange);
    }

    private RoleReply ask(Role role, List<String> path, Handover handover) {
        var query = handover.query().isEmpty() ? "" : "?" + handover.query();
        try {
            return client.ask(role, port(role), "/ops/" + String.join("/", path) + query, handover, PATIENCE);
        } catch (RoleAway e) {
            throw new Refusal(e.problem(handover.method().equals("GET")));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.malformed("query: badly encoded (expected: percent-encoded)"));
        }
    }

    private URI port(Role role) {
        return addresses
                .of(role)
                .orElseThrow(() -> new RoleAway(
                        role, "no address (expected: orderflow.console.roles." + role + ", or the role here)", false));
    }

    /** What a role answers it has on record, but for what it may refuse before it knows who asks. */
    private static Answer answer(Role role, RoleReply reply, Handover handover, Exchange exchange) {
        var strange = new RoleAway(role, "answers as no role does (expected: its operators' port)", true)
                .problem(handover.method().equals("GET"));
        var problem = RoleProblem.of(reply);
        boolean isARoles = reply.isGood() ? BODIES.contains(reply.mediaType()) : problem.isPresent();
        if (!isARoles) {
            throw new Refusal(strange);
        }
        if (!BEFORE_THE_RECORD.contains(reply.status())) {
            Call.recordedElsewhere(exchange);
        }
        if (problem.isPresent()) {
            throw new Refusal(problem.get());
        }
        Object body =
                switch (reply.mediaType()) {
                    case JSON -> new String(reply.body(), StandardCharsets.UTF_8);
                    case CSV -> new Content(CSV + "; charset=utf-8", POLICY, reply.body());
                    default -> null;
                };
        return new Answer(reply.status(), null, body, false, 0, null, false);
    }

    private static Refusal notFound() {
        return new Refusal(Problem.of(ProblemType.NOT_FOUND, null));
    }
}
