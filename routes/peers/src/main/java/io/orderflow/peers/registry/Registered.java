package io.orderflow.peers.registry;

import io.orderflow.peers.saga.PeerProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The same saga with a maintained outbox: Spring Modulith keeps each event in its registry, sends it to Kafka after the
 * commit, and notes that it is done.
 */
@SpringBootApplication(scanBasePackages = {"io.orderflow.peers.saga", "io.orderflow.peers.registry"})
public class Registered {

    public static void main(String... arguments) {
        PeerProcess.run(Registered.class, arguments);
    }
}
