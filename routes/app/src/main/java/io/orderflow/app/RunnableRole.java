package io.orderflow.app;

import io.orderflow.contracts.Role;
import io.orderflow.inventory.InventoryModule;
import io.orderflow.notifications.NotificationsModule;
import io.orderflow.orders.OrdersModule;
import io.orderflow.payments.PaymentsModule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The services that this image can run. */
enum RunnableRole {
    ORDERS(Role.ORDERS, OrdersModule.class),
    PAYMENTS(Role.PAYMENTS, PaymentsModule.class),
    INVENTORY(Role.INVENTORY, InventoryModule.class),
    NOTIFICATIONS(Role.NOTIFICATIONS, NotificationsModule.class);

    static final String ALL = "all";

    private final Role role;
    private final Class<?> module;

    RunnableRole(Role role, Class<?> module) {
        this.role = role;
        this.module = module;
    }

    Role role() {
        return role;
    }

    Class<?> module() {
        return module;
    }

    /** A role that this image does not have. */
    static final class UnknownRole extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private UnknownRole(String name) {
            super("--roles: " + name + " (expected: " + ALL + ", or some of "
                    + Arrays.stream(values()).map(known -> known.role.name()).collect(Collectors.joining(", "))
                    + ", separated by commas)");
        }
    }

    /**
     * The services that a list of names asks for.
     *
     * @throws UnknownRole if a name is not one of ours
     */
    static Set<RunnableRole> named(String names) {
        if (names.equals(ALL)) {
            return EnumSet.allOf(RunnableRole.class);
        }
        Set<RunnableRole> named = EnumSet.noneOf(RunnableRole.class);
        for (var name : names.split(",", -1)) {
            named.add(Arrays.stream(values())
                    .filter(known -> known.role.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UnknownRole(name.isBlank() ? "(nothing)" : name)));
        }
        return named;
    }
}
