package io.orderflow.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The story of an order, and what the services say of it now.
 *
 * @param story not there where console has heard nothing of it
 * @param live what each of them says, or why it does not
 */
record LiveStory(@JsonInclude(JsonInclude.Include.NON_NULL) StoryShown story, List<Part> live) {

    /**
     * An answer.
     *
     * @param what was asked for: {@code order}, {@code parked} or {@code mails}
     * @param status as over HTTP
     * @param body as over HTTP: of a refusal, and of a service that is away, a problem
     */
    record Part(String role, String what, int status, JsonNode body) {}
}
