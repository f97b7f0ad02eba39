package io.orderflow.e2e.planted.hen;

import io.orderflow.e2e.planted.egg.PlantedEgg;

/** Comes from the egg that it lays: a circle of two classes, and of their packages. */
public final class PlantedHen {

    public PlantedEgg lays() {
        return new PlantedEgg();
    }
}
