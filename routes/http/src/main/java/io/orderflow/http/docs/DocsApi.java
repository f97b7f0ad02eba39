package io.orderflow.http.docs;

import static io.orderflow.http.CallerRole.ANYONE;

import org.apache.camel.builder.RouteBuilder;

/** The interface, described: for programs as an OpenAPI document, for people as a page. */
final class DocsApi extends RouteBuilder {

    private final Shelf shelf;

    DocsApi(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public void configure() {
        rest("/openapi.json")
            .get().security(ANYONE).to("direct:docs.show-document");
        rest("/docs")
            .get().security(ANYONE).to("direct:docs.show-page")
            .get("/{file}").security(ANYONE).to("direct:docs.show-file");
        showDocument();
        showPage();
        showFile();
    }

    private void showDocument() {
        from("direct:docs.show-document").routeId("docs.show-document")
            .setBody(shelf::document);
    }

    private void showPage() {
        from("direct:docs.show-page").routeId("docs.show-page")
            .setBody(shelf::page);
    }

    private void showFile() {
        from("direct:docs.show-file").routeId("docs.show-file")
            .setBody(shelf::file);
    }
}
