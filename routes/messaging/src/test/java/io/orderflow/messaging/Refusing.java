package io.orderflow.messaging;

/** Makes the backbone's refusal, which only the backbone can. */
public final class Refusing {

    private Refusing() {}

    public static RuntimeException overloaded() {
        return new Overloaded("transaction:things.store", 1000);
    }
}
