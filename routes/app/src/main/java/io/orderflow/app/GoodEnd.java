package io.orderflow.app;

import io.orderflow.messaging.assembly.Roles;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The end of a process that was told to stop and has finished what it had begun: status 0, where a JVM that a signal
 * ends would end with 143, which a cluster shows as an error. What was cut off keeps that status.
 */
final class GoodEnd {

    private GoodEnd() {}

    /** Runs last: Spring does this when it has closed the application, and no sooner. */
    static void of(Roles roles) {
        SpringApplication.getShutdownHandlers().add(() -> {
            if (roles.haveFinished()) {
                endLog();
                Runtime.getRuntime().halt(0);
            }
        });
    }

    private static void endLog() {
        var end = LoggingSystem.get(GoodEnd.class.getClassLoader()).getShutdownHandler();
        if (end != null) {
            end.run();
        }
    }
}
