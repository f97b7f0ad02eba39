package io.orderflow.app;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.assembly.Roles;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Takes a single role out of the running process and back, over the management port. It exists under the profile
 * {@code local} only: on a cluster each role is a process of its own.
 */
@Component
@Profile("local")
@Endpoint(id = "roles")
class RolesEndpoint {

    private final Roles roles;

    RolesEndpoint(Roles roles) {
        this.roles = roles;
    }

    /** The roles of this process, and whether each runs. */
    @ReadOperation
    Map<String, Boolean> roles() {
        Map<String, Boolean> running = new TreeMap<>();
        roles.here().forEach(role -> running.put(role.name(), roles.isRunning(role)));
        return running;
    }

    /** Starts or stops one; 404 by a null answer if it does not run here. */
    @WriteOperation
    Map<String, Boolean> set(@Selector String role, boolean running) throws Exception {
        var known = roles.here().stream().filter(one -> one.name().equals(role)).findFirst();
        if (known.isEmpty()) {
            return null;
        }
        Role one = known.get();
        if (running) {
            roles.start(one);
        } else {
            roles.stop(one);
        }
        return roles();
    }
}
