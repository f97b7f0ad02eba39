package io.orderflow.http.docs;

import static io.orderflow.http.CallerRole.ANYONE;

import org.apache.camel.builder.RouteBuilder;

/** The interface, described: for programs as documents of OpenAPI and AsyncAPI with schemas, for people as pages. */
final class DocsApi extends RouteBuilder {

    private final DocsFiles files;

    DocsApi(DocsFiles files) {
        this.files = files;
    }

    @Override
    public void configure() {
        rest("/openapi.json")
            .get().security(ANYONE).to("direct:docs.show-document");
        rest("/asyncapi.json")
            .get().security(ANYONE).to("direct:docs.show-events-document");
        rest("/schemas")
            .get("/{schema}").security(ANYONE).to("direct:docs.show-schema");
        rest("/docs")
            .get().security(ANYONE).to("direct:docs.show-page")
            .get("/{file}").security(ANYONE).to("direct:docs.show-file");
        showDocument();
        showEventsDocument();
        showSchema();
        showPage();
        showFile();
    }

    private void showDocument() {
        from("direct:docs.show-document").routeId("docs.show-document")
            .setBody(files::document);
    }

    private void showEventsDocument() {
        from("direct:docs.show-events-document").routeId("docs.show-events-document")
            .setBody(files::eventsDocument);
    }

    private void showSchema() {
        from("direct:docs.show-schema").routeId("docs.show-schema")
            .setBody(files::schema);
    }

    private void showPage() {
        from("direct:docs.show-page").routeId("docs.show-page")
            .setBody(files::page);
    }

    private void showFile() {
        from("direct:docs.show-file").routeId("docs.show-file")
            .setBody(files::file);
    }
}
