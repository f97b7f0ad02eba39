package io.orderflow.shipping;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.model.Kept;
import io.orderflow.messaging.model.Modelled;
import java.time.Clock;
import java.util.List;
import org.apache.camel.RoutesBuilder;

/** Shipping as the model runs it, with a carrier that takes every parcel. */
public final class ShippingModel implements Modelled {

    private final ParcelsInMemory rows = new ParcelsInMemory();
    private final Parcels parcels;
    private final RoutesBuilder routes;

    public ShippingModel(Clock clock) {
        parcels = new Parcels(rows, clock);
        routes = new ShippingRoutes(
                ShippingChannels.declared(), parcels, parcel -> new ParcelSent(parcel.orderId(), parcel.key()));
    }

    @Override
    public Role role() {
        return Topology.SHIPPING;
    }

    @Override
    public RoutesBuilder routes() {
        return routes;
    }

    @Override
    public List<UnitOfWork> units() {
        return List.of(parcels);
    }

    @Override
    public Kept rows() {
        return rows;
    }
}
