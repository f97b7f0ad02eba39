package io.orderflow.console.roles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orderflow.contracts.Role;
import io.orderflow.http.Paging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;

/**
 * The calls that are handed on: those that the operators' document describes, so that nobody keeps a second list. Whose
 * an operation is says its id: {@code ops.list-parked} is answered by every role, {@code orders.take-erasure} by
 * orders. Console's own and the description are asked of console itself.
 */
final class RoleCalls {

    private static final String DOCUMENT = "openapi-ops.json";
    private static final String ROOT = "/ops/";

    /** Whose operations every role has. */
    private static final String EVERY_ROLE = "ops";

    private static final Set<String> NOT_HANDED_ON = Set.of("console", "docs");

    private final List<RoleCall> calls;

    private RoleCalls(List<RoleCall> calls) {
        this.calls = List.copyOf(calls);
    }

    /**
     * A call of the list.
     *
     * @param owner the role whose it is, or {@link #EVERY_ROLE}
     * @param steps of its path below {@code /ops}; one in braces stands for an id
     * @param parameters the names that its query may have
     */
    record RoleCall(String owner, String method, List<String> steps, Set<String> parameters) {

        private boolean is(Role role, String asked, List<String> path) {
            return (owner.equals(EVERY_ROLE) || owner.equals(role.name()))
                    && method.equals(asked)
                    && steps.size() == path.size()
                    && fits(path);
        }

        private boolean fits(List<String> path) {
            for (int i = 0; i < path.size(); i++) {
                boolean fits = steps.get(i).startsWith("{")
                        ? Paging.AN_ID.matcher(path.get(i)).matches()
                        : steps.get(i).equals(path.get(i));
                if (!fits) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @throws UncheckedIOException if the document is not on the class path */
    static RoleCalls described() {
        try (var in = new ClassPathResource(DOCUMENT).getInputStream()) {
            return of(new JsonMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(DOCUMENT, e);
        }
    }

    static RoleCalls of(JsonNode document) {
        List<RoleCall> calls = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var id = operation.getValue().path("operationId").asText();
                var owner = id.substring(0, Math.max(0, id.indexOf('.')));
                if (path.getKey().startsWith(ROOT) && !NOT_HANDED_ON.contains(owner)) {
                    calls.add(new RoleCall(
                            owner,
                            operation.getKey().toUpperCase(Locale.ROOT),
                            List.of(path.getKey().substring(ROOT.length()).split("/")),
                            parameters(document, operation.getValue())));
                }
            }
        }
        return new RoleCalls(calls);
    }

    private static Set<String> parameters(JsonNode document, JsonNode operation) {
        Set<String> names = new HashSet<>();
        for (var one : operation.path("parameters")) {
            var parameter =
                    one.has("$ref") ? document.at(one.path("$ref").asText().substring(1)) : one;
            if (parameter.path("in").asText().equals("query")) {
                names.add(parameter.path("name").asText());
            }
        }
        return Set.copyOf(names);
    }

    /** The call, where the role has one of this method at this path. */
    Optional<RoleCall> find(Role role, String method, List<String> path) {
        return calls.stream().filter(call -> call.is(role, method, path)).findFirst();
    }
}
