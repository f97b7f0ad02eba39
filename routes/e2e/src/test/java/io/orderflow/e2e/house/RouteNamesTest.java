package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.planted.PlantedNames;
import io.orderflow.e2e.shop.Shop;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class RouteNamesTest {

    private final CamelContext camel = Shop.withEveryRole().instance().get(CamelContext.class);

    @Test
    void everyRouteHasOneName() {
        assertThat(RouteNames.misnamed(camel)).isEmpty();
        assertThat(camel.getRegistry().findByType(RouteBuilder.class))
                .extracting(builder -> builder.getClass().getSimpleName())
                .as("whose routes were looked at")
                .contains("OrdersRoutes", "PaymentsRoutes", "InventoryRoutes", "NotificationsRoutes", "OrdersApi");
    }

    @Test
    void aRouteWithSeveralNamesIsSeen() throws Exception {
        var planted = new PlantedNames();
        try (var camelOfItsOwn = new DefaultCamelContext()) {
            camelOfItsOwn.addRoutes(planted);
        }

        assertThat(RouteNames.misnamed(planted))
                .containsExactly(
                        "route payments.charge-order takes from work:payments.charge (expected: payments.charge-order)",
                        "route payments.undo-charge is drawn by no method of PlantedNames"
                                + " (expected: undo-charge in camel case)",
                        "route chargeAnswers (expected: <role>.<name>, as in [a-z]+\\.([a-z]+(-[a-z]+)*))");
    }
}
