package io.orderflow.orders;

import static io.orderflow.http.CallerRole.CUSTOMER;
import static io.orderflow.http.CallerRole.OPERATOR_READ;
import static io.orderflow.http.CallerRole.OPERATOR_STOCK;
import static org.apache.camel.model.rest.RestParamType.query;

import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import jakarta.persistence.OptimisticLockException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Policy;
import org.hibernate.exception.ConstraintViolationException;

/** The catalogue over REST: what there is to order, and at which price. */
final class CatalogueApi extends RouteBuilder {

    private final OrdersQueries queries;
    private final Policy changes;

    /** @param changes around a change: it and the operator's call are stored together or not at all */
    CatalogueApi(OrdersQueries queries, Policy changes) {
        this.queries = queries;
        this.changes = changes;
    }

    @Override
    public void configure() {
        rest("/products")
            .get().security(CUSTOMER).security(OPERATOR_READ).security(OPERATOR_STOCK)
                .param().name("limit").type(query).endParam()
                .param().name("after").type(query).endParam()
                .to("direct:orders.list-products")
            .put("/{sku}").security(OPERATOR_STOCK).to("direct:orders.change-product");
        listProducts();
        changeProduct();
    }

    private void listProducts() {
        from("direct:orders.list-products").routeId("orders.list-products")
            .setBody(ProductPage::of)
            .enrich(queries.products(), ProductPage::filled);
    }

    private void changeProduct() {
        from("direct:orders.change-product").routeId("orders.change-product")
            .setBody(ProductChange::of)
            .enrich(queries.product(), ProductChange::applied)                      // ProductEntity
            .doTry()
                .policy(changes).to(queries.keptProduct()).endDoTry()
            .doCatch(OptimisticLockException.class, ConstraintViolationException.class)
                .process(CatalogueApi::refuse)
            .end()
            .transform().body(ProductEntity.class, ProductEntity::product);
    }

    private static void refuse(Exchange exchange) {
        throw new Refusal(Problem.conflict("product: changed by somebody else meanwhile (expected: send it again)"));
    }
}
