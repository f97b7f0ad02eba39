package io.orderflow.payments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The same arrival orders, the shorter ones, with a provider over HTTP. */
class ArrivalOrdersOverHttpTest extends ArrivalOrdersTest {

    static Stream<Arguments> arrivals() {
        return arrivals(4);
    }

    @Override
    TestedProvider provider() {
        return new ProviderOverHttp();
    }
}
