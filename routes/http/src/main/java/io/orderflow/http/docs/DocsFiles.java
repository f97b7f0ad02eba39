package io.orderflow.http.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.http.Answer;
import io.orderflow.http.Content;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of the documentation, in memory: the OpenAPI documents, the AsyncAPI document with the schemas of events,
 * the pages, and what they load. A requested name is looked up among them and never made into a path. The page of
 * requests is Swagger UI for reading: it requests nothing but the document beside it, and the browser runs no script or
 * style but these files.
 */
final class DocsFiles {

    private static final String OWN_FOLDER = "classpath:io/orderflow/http/docs/";
    private static final String SWAGGER_UI_FOLDER = "classpath*:META-INF/resources/webjars/swagger-ui/*/";
    private static final String SCHEMAS = "classpath*:schemas/*.json";
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "html", "text/html; charset=utf-8",
            "png", "image/png");

    private final Content document;
    private final Content operatorsDocument;
    private final Content eventsDocument;
    private final Content page;
    private final Map<String, Content> schemas;
    private final Map<String, Content> files;

    private DocsFiles(
            Content document,
            Content operatorsDocument,
            Content eventsDocument,
            Content page,
            Map<String, Content> schemas,
            Map<String, Content> files) {
        this.document = document;
        this.operatorsDocument = operatorsDocument;
        this.eventsDocument = eventsDocument;
        this.page = page;
        this.schemas = Map.copyOf(schemas);
        this.files = Map.copyOf(files);
    }

    /** @throws IllegalStateException if one of the files is not on the class path */
    static DocsFiles filled() {
        var files = Map.of(
                        "docs.css", OWN_FOLDER,
                        "docs.js", OWN_FOLDER,
                        "swagger-ui.css", SWAGGER_UI_FOLDER,
                        "swagger-ui-bundle.js", SWAGGER_UI_FOLDER,
                        "favicon-32x32.png", SWAGGER_UI_FOLDER)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> read(one.getValue() + one.getKey()),
                        (one, other) -> one,
                        HashMap::new));
        var events = read("classpath:asyncapi.json");
        files.put("events.html", content("html", EventsPage.of(events.bytes())));
        return new DocsFiles(
                read("classpath:openapi.json"),
                read("classpath:openapi-ops.json"),
                events,
                read(OWN_FOLDER + "docs.html"),
                schemas(),
                files);
    }

    private static Content read(String pattern) {
        var found = found(pattern);
        if (found.size() != 1) {
            throw new IllegalStateException(pattern + ": " + found.size() + " files (expected: 1)");
        }
        return found.getFirst();
    }

    /** By what is theirs of their {@code $id}s, {@code OrderCreated.1}: no two files have one. */
    private static Map<String, Content> schemas() {
        var json = new ObjectMapper();
        return found(SCHEMAS).stream()
                .collect(Collectors.toMap(
                        file -> name(json, file),
                        file -> new Content("application/schema+json", CONTENT_SECURITY_POLICY, file.bytes())));
    }

    private static String name(ObjectMapper json, Content schema) {
        try {
            var id = json.readTree(schema.bytes()).path("$id").asText().split(":");
            return id[id.length - 2] + "." + id[id.length - 1];
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMAS, e);
        }
    }

    private static List<Content> found(String pattern) {
        try {
            List<Content> found = new ArrayList<>();
            for (var file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                var name = file.getFilename();
                found.add(content(name.substring(name.lastIndexOf('.') + 1), file.getContentAsByteArray()));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(pattern, e);
        }
    }

    private static Content content(String kind, byte[] bytes) {
        return new Content(MEDIA_TYPES.get(kind), CONTENT_SECURITY_POLICY, bytes);
    }

    Answer document(Exchange exchange) {
        return Answer.ok(document);
    }

    Answer operatorsDocument(Exchange exchange) {
        return Answer.ok(operatorsDocument);
    }

    Answer eventsDocument(Exchange exchange) {
        return Answer.ok(eventsDocument);
    }

    Answer schema(Exchange exchange) {
        return Answer.ok(among(schemas, Request.path(exchange, "schema")));
    }

    Answer page(Exchange exchange) {
        return Answer.ok(page);
    }

    Answer file(Exchange exchange) {
        return Answer.ok(among(files, Request.path(exchange, "file")));
    }

    private static Content among(Map<String, Content> known, String name) {
        var found = known.get(name);
        if (found == null) {
            throw new Refusal(Problem.notFound());
        }
        return found;
    }
}
