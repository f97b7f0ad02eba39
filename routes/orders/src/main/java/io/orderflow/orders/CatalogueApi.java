package io.orderflow.orders;

import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import jakarta.persistence.OptimisticLockException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.hibernate.exception.ConstraintViolationException;

/** The catalogue over REST: what there is to order, and at which price. */
final class CatalogueApi extends RouteBuilder {

    private final OrdersQueries queries;

    CatalogueApi(OrdersQueries queries) {
        this.queries = queries;
    }

    @Override
    public void configure() {
        rest("/products")
            .get().to("direct:orders.list-products")
            .put("/{sku}").to("direct:orders.change-product");
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
                .to(queries.keptProduct())
            .doCatch(OptimisticLockException.class, ConstraintViolationException.class)
                .process(CatalogueApi::refuse)
            .end()
            .transform().body(ProductEntity.class, ProductEntity::product);
    }

    private static void refuse(Exchange exchange) {
        throw new Refusal(Problem.conflict("product: changed by somebody else meanwhile (expected: send it again)"));
    }
}
