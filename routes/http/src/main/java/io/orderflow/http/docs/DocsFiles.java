package io.orderflow.http.docs;

import io.orderflow.http.Answer;
import io.orderflow.http.Content;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of the documentation, in memory: the OpenAPI documents, the page, and what the page loads. A requested name
 * is looked up among them and never made into a path. The page is Swagger UI for reading: it requests nothing but the
 * document beside it, and the browser runs no script or style but these files.
 */
final class DocsFiles {

    private static final String OWN_FOLDER = "classpath:io/orderflow/http/docs/";
    private static final String SWAGGER_UI_FOLDER = "classpath*:META-INF/resources/webjars/swagger-ui/*/";
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
    private final Content page;
    private final Map<String, Content> files;

    private DocsFiles(Content document, Content operatorsDocument, Content page, Map<String, Content> files) {
        this.document = document;
        this.operatorsDocument = operatorsDocument;
        this.page = page;
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
                .collect(Collectors.toMap(Map.Entry::getKey, one -> read(one.getValue() + one.getKey())));
        return new DocsFiles(
                read("classpath:openapi.json"),
                read("classpath:openapi-ops.json"),
                read(OWN_FOLDER + "docs.html"),
                files);
    }

    private static Content read(String pattern) {
        try {
            var found = new PathMatchingResourcePatternResolver().getResources(pattern);
            if (found.length != 1) {
                throw new IllegalStateException(pattern + ": " + found.length + " files (expected: 1)");
            }
            var name = found[0].getFilename();
            return new Content(
                    MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)),
                    CONTENT_SECURITY_POLICY,
                    found[0].getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(pattern, e);
        }
    }

    Answer document(Exchange exchange) {
        return Answer.ok(document);
    }

    Answer operatorsDocument(Exchange exchange) {
        return Answer.ok(operatorsDocument);
    }

    Answer page(Exchange exchange) {
        return Answer.ok(page);
    }

    Answer file(Exchange exchange) {
        var file = files.get(Request.path(exchange, "file"));
        if (file == null) {
            throw new Refusal(Problem.notFound());
        }
        return Answer.ok(file);
    }
}
