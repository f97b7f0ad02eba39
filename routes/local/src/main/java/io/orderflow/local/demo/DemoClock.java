package io.orderflow.local.demo;

/** The time since the beginning of a demo. */
final class DemoClock {

    private static final double NANOS = 1e9;
    private static final long MILLIS = 1_000;

    private final long began = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - began) / NANOS;
    }

    /** Sleeps until then, or not at all. */
    void awaitSecond(double then) throws InterruptedException {
        long millis = (long) ((then - seconds()) * MILLIS);
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }
}
