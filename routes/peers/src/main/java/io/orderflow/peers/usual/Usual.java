package io.orderflow.peers.usual;

import io.orderflow.peers.saga.PeerProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The usual way: Spring Boot with spring-kafka and JPA, a transaction for each message, an inbox, and an outbox that is
 * polled with {@code for update skip locked}.
 */
@SpringBootApplication(scanBasePackages = {"io.orderflow.peers.saga", "io.orderflow.peers.usual"})
public class Usual {

    public static void main(String... arguments) {
        PeerProcess.run(Usual.class, arguments);
    }
}
