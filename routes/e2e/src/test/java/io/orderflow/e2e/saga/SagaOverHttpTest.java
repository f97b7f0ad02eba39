package io.orderflow.e2e.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.house.RouteNames;
import io.orderflow.e2e.shop.ProviderOverHttp;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same ways of an order, with a payment provider over HTTP. */
class SagaOverHttpTest extends SagaTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.at(Site.fresh(), new ProviderOverHttp());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void everyRouteHasOneName() {
        var camel = shop.instance().get(CamelContext.class);

        assertThat(camel.getRoute("payments.call-provider")).isNotNull();
        assertThat(RouteNames.misnamed(camel)).isEmpty();
    }

    @Override
    Shop shop() {
        return shop;
    }
}
