package io.orderflow.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orderflow.console.LiveStory.Part;
import io.orderflow.console.roles.RoleAddresses;
import io.orderflow.console.roles.RoleAway;
import io.orderflow.console.roles.RoleClient;
import io.orderflow.contracts.Role;
import io.orderflow.http.Handover;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.camel.Exchange;

/**
 * Shows a story with what the services say of its order at this moment: they are asked all at once, with what the
 * operator has shown, and one that is away is named and holds up nobody.
 */
final class LiveDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int NOT_FOUND = 404;
    private static final JsonMapper JSON = new JsonMapper();

    private final StorySearch search;
    private final RoleAddresses addresses;
    private final RoleClient client;

    LiveDesk(StorySearch search, RoleAddresses addresses, RoleClient client) {
        this.search = search;
        this.addresses = addresses;
        this.client = client;
    }

    LiveStory live(Exchange exchange) {
        var order = Request.uuid(exchange, "id");
        var chapters = search.chapters(List.of(order));
        var parts = ask(order, Handover.of(exchange));
        boolean isUnknown = parts.stream().anyMatch(part -> part.what().equals("order") && part.status() == NOT_FOUND);
        if (chapters.isEmpty() && isUnknown) {
            throw new Refusal(Problem.notFound());
        }
        return new LiveStory(chapters.isEmpty() ? null : StoryShown.of(order, chapters), parts);
    }

    private List<Part> ask(UUID order, Handover handover) {
        List<Callable<Part>> questions = new ArrayList<>();
        for (var role : addresses.declared()) {
            if (role.equals(Role.ORDERS)) {
                questions.add(() -> ask(role, "order", "/ops/orders/" + order, handover));
            }
            questions.add(() -> ask(role, "parked", "/ops/parked?limit=100&order=" + order, handover));
            if (role.equals(Role.NOTIFICATIONS)) {
                questions.add(() -> ask(role, "mails", "/ops/orders/" + order + "/kept", handover));
            }
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Part> parts = new ArrayList<>();
            for (var answer : threads.invokeAll(questions)) {
                parts.add(answer.get());
            }
            return parts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Problem.of(ProblemType.UNAVAILABLE, null));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Part ask(Role role, String what, String path, Handover handover) {
        try {
            var port = addresses.of(role);
            if (port.isEmpty()) {
                return away(role, what, Problem.of(ProblemType.UNAVAILABLE, role + ": no address"));
            }
            var reply = client.ask(role, port.get(), path, handover.reading(), PATIENCE);
            return new Part(role.name(), what, reply.status(), own(role, JSON.readTree(reply.body())));
        } catch (RoleAway e) {
            return away(role, what, e.problem(true));
        } catch (IOException e) {
            return away(role, what, Problem.of(ProblemType.UNAVAILABLE, role + ": answers no JSON"));
        }
    }

    private static Part away(Role role, String what, Problem problem) {
        return new Part(role.name(), what, problem.status(), JSON.valueToTree(problem));
    }

    /** Of a list only what is the role's own: one process may answer for several. */
    private static JsonNode own(Role role, JsonNode body) {
        if (body.path("items") instanceof ArrayNode items) {
            items.removeIf(one -> !one.path("service").asText().equals(role.name()));
        }
        return body;
    }
}
