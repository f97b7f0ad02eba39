package io.orderflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.ServiceModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesTest {

    @Test
    void allIsEveryRoleOfTheDeclaration() {
        assertThat(Services.named("all"))
                .extracting(ServiceModule::role)
                .containsExactlyElementsOf(Topology.ORDERFLOW.drawn());
    }

    @Test
    void aListNamesSome() {
        assertThat(Services.named("payments, orders"))
                .extracting(ServiceModule::role)
                .containsExactly(Role.ORDERS, Role.PAYMENTS);
    }

    @Test
    void consoleRunsOnlyWhereItIsNamed() {
        assertThat(Services.all()).extracting(ServiceModule::role).doesNotContain(Role.CONSOLE);
        assertThat(Services.named("console")).extracting(ServiceModule::role).containsExactly(Role.CONSOLE);
        assertThat(Services.named("console,all"))
                .extracting(ServiceModule::role)
                .containsExactlyElementsOf(Topology.WITH_CONSOLE.drawn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "", "orders,", "ORDERS", "all,orders"})
    void aWrongRoleIsAnsweredWithTheRightOnes(String names) {
        assertThatThrownBy(() -> Services.named(names))
                .isInstanceOf(Services.UnknownRole.class)
                .hasMessageContaining("orders, payments, inventory, notifications");
    }
}
