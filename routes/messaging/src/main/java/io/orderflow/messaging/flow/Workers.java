package io.orderflow.messaging.flow;

/** The workers of one channel. */
interface Workers {

    /**
     * Claims no more, and waits a moment for the calls under way and their answers.
     *
     * @return whether they have all ended
     */
    boolean drain() throws InterruptedException;
}
