package io.orderflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.contracts.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnableRoleTest {

    @Test
    void allIsEveryRoleOfTheDeclaration() {
        assertThat(RunnableRole.named("all")).hasSameSizeAs(Topology.ORDERFLOW.roles());
    }

    @Test
    void aListNamesSome() {
        assertThat(RunnableRole.named("payments, orders")).containsExactly(RunnableRole.ORDERS, RunnableRole.PAYMENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "", "orders,", "ORDERS", "all,orders"})
    void aWrongRoleIsAnsweredWithTheRightOnes(String names) {
        assertThatThrownBy(() -> RunnableRole.named(names))
                .isInstanceOf(RunnableRole.UnknownRole.class)
                .hasMessageContaining("orders, payments, inventory, notifications");
    }
}
