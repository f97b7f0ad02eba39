package io.orderflow.provider;

/** A key came again with something else than the first time. */
public final class KeyReused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyReused(String key) {
        super(key + ": was used for something else");
    }
}
