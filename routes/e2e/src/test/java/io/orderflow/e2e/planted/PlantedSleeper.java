package io.orderflow.e2e.planted;

/** A test that hopes. */
public final class PlantedSleeper {

    public void hopes() throws InterruptedException {
        Thread.sleep(1);
    }
}
