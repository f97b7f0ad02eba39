package io.orderflow.e2e.planted.orders;

import io.orderflow.http.ops.OpsPort;

/** A service that goes past the door. */
public final class PlantedIntruder {

    public int port(OpsPort ops) {
        return ops.number();
    }
}
