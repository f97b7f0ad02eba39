package io.orderflow.http;

/** Where operators' calls are written down, for good. */
public interface Audit {

    /** What has been done, where there is nothing more to say about it. */
    String DONE = "DONE";

    /**
     * Writes a call and its result, in the transaction on this thread if there is one. What was written first stays:
     * so a flow writes in the transaction that takes effect, and the edge, after it, whatever had none.
     */
    void write(Call call, String result);
}
