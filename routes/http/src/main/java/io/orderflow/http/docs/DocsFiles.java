package io.orderflow.http.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.http.Answer;
import io.orderflow.http.Content;
import io.orderflow.http.Request;
import io.orderflow.http.StaticFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

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

    private final Content document;
    private final Content operatorsDocument;
    private final Content eventsDocument;
    private final Content page;
    private final StaticFiles schemas;
    private final StaticFiles files;

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
        this.schemas = new StaticFiles(schemas);
        this.files = new StaticFiles(files);
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
                        one -> StaticFiles.only(one.getValue() + one.getKey()),
                        (one, other) -> one,
                        HashMap::new));
        var events = StaticFiles.only("classpath:asyncapi.json");
        files.put("events.html", StaticFiles.made("html", EventsPage.of(events.bytes())));
        return new DocsFiles(
                StaticFiles.only("classpath:openapi.json"),
                StaticFiles.only("classpath:openapi-ops.json"),
                events,
                StaticFiles.only(OWN_FOLDER + "docs.html"),
                schemas(),
                files);
    }

    /** By what is theirs of their {@code $id}s, {@code OrderCreated.1}: no two files have one. */
    private static Map<String, Content> schemas() {
        var json = new ObjectMapper();
        return StaticFiles.all(SCHEMAS).stream()
                .collect(Collectors.toMap(
                        file -> name(json, file),
                        file -> new Content("application/schema+json", StaticFiles.POLICY, file.bytes())));
    }

    private static String name(ObjectMapper json, Content schema) {
        try {
            var id = json.readTree(schema.bytes()).path("$id").asText().split(":");
            return id[id.length - 2] + "." + id[id.length - 1];
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMAS, e);
        }
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
        return Answer.ok(schemas.named(Request.path(exchange, "schema")));
    }

    Answer page(Exchange exchange) {
        return Answer.ok(page);
    }

    Answer file(Exchange exchange) {
        return Answer.ok(files.named(Request.path(exchange, "file")));
    }
}
