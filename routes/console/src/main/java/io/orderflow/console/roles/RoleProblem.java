package io.orderflow.console.roles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orderflow.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The problem that a role answers, read as it is: also one of a version that has more to say. */
final class RoleProblem {

    private static final JsonMapper JSON = new JsonMapper();

    private RoleProblem() {}

    /** Empty where the answer is none. */
    static Optional<Problem> of(RoleReply reply) {
        if (reply.status() < 400 || !reply.mediaType().equals(Problem.MEDIA_TYPE)) {
            return Optional.empty();
        }
        try {
            var problem = JSON.readTree(reply.body());
            return problem.path("type").isTextual() && problem.path("title").isTextual()
                    ? Optional.of(new Problem(
                            problem.path("type").asText(),
                            problem.path("title").asText(),
                            reply.status(),
                            text(problem, "detail"),
                            text(problem, "instance"),
                            errors(problem)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode problem, String member) {
        return problem.path(member).textValue();
    }

    private static List<Problem.FieldError> errors(JsonNode problem) {
        List<Problem.FieldError> errors = new ArrayList<>();
        problem.path("errors")
                .forEach(one -> errors.add(new Problem.FieldError(text(one, "pointer"), text(one, "detail"))));
        return errors;
    }
}
