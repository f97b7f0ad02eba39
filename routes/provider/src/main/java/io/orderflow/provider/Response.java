package io.orderflow.provider;

/**
 * What the provider says to a call, and in which manner.
 *
 * @param answer null if nothing was done
 */
public record Response<T>(T answer, Manner manner) {

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

    static <T> Response<T> properly(T answer) {
        return new Response<>(answer, Manner.PROPERLY);
    }

    static <T> Response<T> unavailable() {
        return new Response<>(null, Manner.UNAVAILABLE);
    }

    static <T> Response<T> never() {
        return new Response<>(null, Manner.NEVER);
    }
}
