package io.orderflow.provider;

/**
 * What the provider says to a call, and in which manner.
 *
 * @param answer null if nothing was done
 */
public record Reply<T>(T answer, Manner manner) {

    /** How an answer is given. */
    public enum Manner {
        PROPERLY,
        /** Whatever was done, the caller never hears of it. */
        NEVER,
        /** The same answer twice in one. */
        TWICE,
        GARBLED,
        /** "Not now", and nothing was done. */
        UNAVAILABLE
    }

    static <T> Reply<T> properly(T answer) {
        return new Reply<>(answer, Manner.PROPERLY);
    }

    static <T> Reply<T> unavailable() {
        return new Reply<>(null, Manner.UNAVAILABLE);
    }

    static <T> Reply<T> never() {
        return new Reply<>(null, Manner.NEVER);
    }
}
