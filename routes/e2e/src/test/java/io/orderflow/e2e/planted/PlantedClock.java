package io.orderflow.e2e.planted;

import java.time.Instant;

/** A class that believes in its machine's clock. */
public final class PlantedClock {

    public Instant believes() {
        return Instant.now();
    }
}
