package io.orderflow.messaging.model;

/** A part of the model's state. */
public interface Kept {

    /** The state as a value: it does not change any more, and equals another where nothing that matters differs. */
    Object save();

    void restore(Object saved);
}
