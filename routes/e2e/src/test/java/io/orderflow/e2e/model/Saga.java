package io.orderflow.e2e.model;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.inventory.InventoryModel;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.model.Kept;
import io.orderflow.messaging.model.ModelTime;
import io.orderflow.messaging.model.Modelled;
import io.orderflow.messaging.model.Outside;
import io.orderflow.messaging.model.Scope;
import io.orderflow.messaging.model.World;
import io.orderflow.notifications.ModelledMailServer;
import io.orderflow.notifications.NotificationsModel;
import io.orderflow.orders.OrdersModel;
import io.orderflow.payments.PaymentsModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.slf4j.LoggerFactory;

/** The shipped saga in a world: who takes part, and what is on the shelf. */
public final class Saga implements World.Cast, AutoCloseable {

    static final Duration DEADLINE = Duration.ofMinutes(15);

    static {
        // In here a refund that fails is no alarm.
        ((Logger) LoggerFactory.getLogger("io.orderflow.payments.Payments")).setLevel(Level.OFF);
    }

    final World world;
    OrdersModel orders;
    PaymentsModel payments;
    InventoryModel inventory;
    NotificationsModel notifications;
    ModelledMailServer mailServer;
    Customers customers;
    private List<? extends Modelled> services;
    private final boolean mails;

    private Saga(Scope scope, boolean mails) throws Exception {
        this.mails = mails;
        world = new World(Topology.ORDERFLOW, scope, this);
    }

    static Saga whole(Scope scope) throws Exception {
        return new Saga(scope, true);
    }

    /** Who takes part in the whole saga. */
    public static List<Role> roles() throws Exception {
        try (var saga = whole(Campaign.SCOPE)) {
            return saga.services.stream().map(Modelled::role).toList();
        }
    }

    /** Nobody reads what notifications does, so that a small world can do without. */
    static Saga withoutMails(Scope scope) throws Exception {
        return new Saga(scope, false);
    }

    @Override
    public List<? extends Modelled> services(
            ModelTime time, Progress progress, Leases leases, World.Parking parking, Outside outside) {
        orders = new OrdersModel(time, progress, leases, parking, DEADLINE);
        payments = new PaymentsModel(time.of(Role.PAYMENTS), outside);
        inventory = new InventoryModel(time.of(Role.INVENTORY));
        notifications = new NotificationsModel();
        services = mails ? List.of(orders, payments, inventory, notifications) : List.of(orders, payments, inventory);
        return services;
    }

    @Override
    public List<? extends Kept> others(World made) {
        customers = new Customers(made);
        return List.of(customers, payments.provider(), mailServer);
    }

    @Override
    public Map<String, ? extends Component> components(Outside outside) {
        mailServer = new ModelledMailServer(outside);
        return Map.of("smtp", mailServer);
    }

    boolean tellsCustomers() {
        return mails;
    }

    @Override
    public void close() {
        world.close();
    }
}
