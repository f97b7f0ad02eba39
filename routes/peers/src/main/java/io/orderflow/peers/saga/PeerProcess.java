package io.orderflow.peers.saga;

import java.io.IOException;
import org.springframework.boot.SpringApplication;

/** A contestant as a process: it says when it takes orders, and ends when the one that started it has gone. */
public final class PeerProcess {

    private PeerProcess() {}

    /** Answers when it takes orders. */
    public static void run(Class<?> application, String... arguments) {
        SpringApplication.run(application, arguments);
        Thread.ofPlatform().daemon().name("parent").start(PeerProcess::followParent);
        System.out.println("ready");
    }

    private static void followParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("standard input cannot be read, which is taken as its end: " + e);
        }
        System.exit(0);
    }
}
