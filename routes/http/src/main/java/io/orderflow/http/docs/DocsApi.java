package io.orderflow.http.docs;

import static io.orderflow.http.CallerRole.ANYONE;

import org.apache.camel.builder.RouteBuilder;

/** The interface, described: for programs as an OpenAPI document, for people as a page. */
final class DocsApi extends RouteBuilder {

    private final DocsFiles files;

    DocsApi(DocsFiles files) {
        this.files = files;
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
            .setBody(files::document);
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
