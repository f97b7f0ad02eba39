package io.orderflow.messaging.model;

/** Somebody in the model who can do something next. */
public interface Actor extends Kept {

    /** Offers all that can happen here next; one of all offers is taken. */
    void offer(Offers offers);
}
