package io.orderflow.e2e.faults;

import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.ProviderOverHttp;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import org.junit.jupiter.api.BeforeAll;

/** The same interruptions, with a payment provider over HTTP. */
class InterruptedSagaOverHttpTest extends InterruptedSagaTest {

    /** In place of the other one's. */
    @BeforeAll
    static void open() {
        shop = Shop.at(
                Site.fresh(), new ProviderOverHttp(), "--spring.main.sources=" + PausedWorkers.Module.class.getName());
    }
}
