package io.orderflow.orders;

import io.orderflow.http.Paging;
import java.util.List;
import org.apache.camel.Exchange;

/** Which articles a client asks for, in the order of their SKUs; the query takes its parameters from here. */
record ProductPage(Paging paging) {

    static ProductPage of(Exchange exchange) {
        return new ProductPage(Paging.of(exchange, Paging.A_SKU));
    }

    /** The SKU that the page before ended with; before the first page comes the empty one. */
    String after() {
        return paging.after().isEmpty() ? "" : paging.after().getFirst();
    }

    /** One more than the page has shows whether there is another. */
    int rows() {
        return paging.limit() + 1;
    }

    /** Puts what the query found in place of what was asked. */
    static Exchange filled(Exchange asked, Exchange found) {
        List<?> entities = found.getMessage().getBody(List.class);
        var products = entities.stream()
                .map(ProductEntity.class::cast)
                .map(ProductEntity::product)
                .toList();
        var paging = asked.getMessage().getBody(ProductPage.class).paging();
        asked.getMessage().setBody(paging.page(products, product -> List.of(product.sku())));
        return asked;
    }
}
