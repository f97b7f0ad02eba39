package io.orderflow.e2e;

import org.junit.jupiter.api.BeforeAll;

/** The same interruptions, with a payment provider over HTTP. */
class InterruptedSagaOverHttpTest extends InterruptedSagaTest {

    /** In place of the other one's. */
    @BeforeAll
    static void open() {
        shop = Shop.at(
                Place.fresh(), new ProviderOverHttp(), "--spring.main.sources=" + PausedWorkers.Module.class.getName());
    }
}
