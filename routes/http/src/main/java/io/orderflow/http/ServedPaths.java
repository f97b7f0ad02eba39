package io.orderflow.http;

/** Which paths are served on which of the process's ports. */
public interface ServedPaths {

    /** @param path a plain one: the edge has refused all others */
    boolean serves(int port, String path);
}
