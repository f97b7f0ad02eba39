package io.orderflow.http.docs;

import static io.orderflow.http.CallerRole.ANYONE;

import org.apache.camel.builder.RouteBuilder;

/** The operators' part of the interface, described on their port: the same page beside a document of its own. */
final class OpsDocsApi extends RouteBuilder {

    private final DocsFiles files;

    OpsDocsApi(DocsFiles files) {
        this.files = files;
    }

    @Override
    public void configure() {
        rest("/ops/openapi.json")
            .get().security(ANYONE).to("direct:docs.show-operators-document");
        rest("/ops/docs")
            .get().security(ANYONE).to("direct:docs.show-operators-page")
            .get("/{file}").security(ANYONE).to("direct:docs.show-operators-file");
        showOperatorsDocument();
        showOperatorsPage();
        showOperatorsFile();
    }

    private void showOperatorsDocument() {
        from("direct:docs.show-operators-document").routeId("docs.show-operators-document")
            .setBody(files::operatorsDocument);
    }

    private void showOperatorsPage() {
        from("direct:docs.show-operators-page").routeId("docs.show-operators-page")
            .setBody(files::page);
    }

    private void showOperatorsFile() {
        from("direct:docs.show-operators-file").routeId("docs.show-operators-file")
            .setBody(files::file);
    }
}
