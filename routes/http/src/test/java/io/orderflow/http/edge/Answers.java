package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.http.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came back over the socket, as far as HTTP goes. */
record Answers(int status, Map<String, List<String>> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answers of(HttpResponse<String> response) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(response.headers().map());
        return new Answers(response.statusCode(), headers, response.body());
    }

    /** The first answer in what a raw connection gave. */
    static Answers of(String raw) {
        int end = raw.indexOf("\r\n\r\n");
        assertThat(end).as("an answer in <%s>", raw).isPositive();
        var lines = raw.substring(0, end).split("\r\n");
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            var pair = lines[i].split(": ?", 2);
            headers.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1]);
        }
        return new Answers(Integer.parseInt(lines[0].split(" ")[1]), headers, raw.substring(end + 4));
    }

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    /** It is a problem document with this status and type, and tells nothing about us. */
    Answers isProblem(ProblemType type) {
        assertThat(status).as(body).isEqualTo(type.status());
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        assertThat(json().get("type").textValue()).isEqualTo(type.uri());
        assertThat(json().get("title").textValue()).isEqualTo(type.title());
        assertThat(json().get("status").intValue()).isEqualTo(type.status());
        assertThat(body.toLowerCase(Locale.ROOT))
                .doesNotContain("exception", "java.", "org.", "io.orderflow", "secret", "jackson", "tomcat", "camel");
        return this;
    }
}
