package io.orderflow.http;

/** Where operators' calls are written down, for good. */
public interface Audit {

    /** The result of a call that succeeded, where there is nothing more to say about it. */
    String DONE = "DONE";

    /**
     * Writes a call and its result, in the transaction on this thread if there is one. Of several results of one call
     * the first stays: a flow writes it in the transaction that takes effect, and after the route the edge writes one
     * for every call that has none yet.
     */
    void write(Call call, String result);
}
