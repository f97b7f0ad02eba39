package io.orderflow.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.ParcelShipped;
import io.orderflow.messaging.fixture.RouteFixture;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShippingRoutesTest {

    private final UUID order = UUID.randomUUID();
    private final List<String> labels = new ArrayList<>();
    private final Parcels parcels = new Parcels(new ParcelsInMemory(), Clock.systemUTC());

    @RegisterExtension
    final RouteFixture routes = RouteFixture.of(new ShippingRoutes(
                    new ShippingChannels(
                            "direct:order-events",
                            "work:send-parcel",
                            "transaction:record-parcel",
                            "mock:shipping-events"),
                    parcels,
                    parcel -> new ParcelSent(parcel.orderId(), parcel.key())))
            .with(parcels);

    @Test
    void aConfirmedOrderIsShippedOnce() throws Exception {
        routes.mock("shipping-events").whenAnyExchangeReceived(exchange -> {
            if (exchange.getMessage().getBody() instanceof ParcelShipped shipped) {
                labels.add(shipped.label());
            }
        });
        routes.mock("shipping-events").expects(() -> assertThat(labels).containsExactly("parcel-" + order));

        routes.deliver("order-events", confirmed(), confirmed());
        routes.carryOut("send-parcel");
        routes.deliver("order-events", confirmed());
        routes.transact("record-parcel", new ParcelSent(order, "another"));

        assertThat(routes.waiting("send-parcel")).isEmpty();
        routes.assertSatisfied();
    }

    private OrderConfirmed confirmed() {
        return new OrderConfirmed(order, Instant.now(), new Money(1290, "EUR"));
    }
}
