package io.orderflow.payments;

/** The same flows, with a provider over HTTP. */
class PaymentsRoutesOverHttpTest extends PaymentsRoutesTest {

    @Override
    TestedProvider provider() {
        return new ProviderOverHttp();
    }
}
