package io.orderflow.e2e.planted.egg;

import io.orderflow.e2e.planted.hen.PlantedHen;

/** Comes from the hen that it becomes. */
public final class PlantedEgg {

    public PlantedHen becomes() {
        return new PlantedHen();
    }
}
