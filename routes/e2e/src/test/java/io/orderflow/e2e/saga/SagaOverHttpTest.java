package io.orderflow.e2e.saga;

import io.orderflow.e2e.shop.ProviderOverHttp;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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

    @Override
    Shop shop() {
        return shop;
    }
}
