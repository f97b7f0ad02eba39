package io.orderflow.messaging;

/** Asks a server, and fails where it does not answer. */
public interface Question {

    void ask() throws Exception;
}
