package io.orderflow.e2e.planted.messaging;

import io.orderflow.e2e.planted.messaging.relay.PlantedRelay;

/** A door that knows a room behind it. */
public final class PlantedDoor {

    public PlantedRelay relay() {
        return new PlantedRelay();
    }
}
