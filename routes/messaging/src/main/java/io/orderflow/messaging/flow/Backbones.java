package io.orderflow.messaging.flow;

import io.orderflow.contracts.Role;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The participants of this process, each with its share of the backbone. */
public final class Backbones {

    private final Map<Role, Backbone> byRole = new TreeMap<>();

    public Backbones(Collection<Backbone> backbones) {
        backbones.forEach(backbone -> byRole.put(backbone.role(), backbone));
    }

    /**
     * @throws IllegalArgumentException if the role does not run here
     */
    public Backbone of(Role role) {
        var backbone = byRole.get(role);
        if (backbone == null) {
            throw new IllegalArgumentException(
                    "role: " + role + " does not run here (expected: one of " + byRole.keySet() + ")");
        }
        return backbone;
    }

    public Collection<Backbone> all() {
        return byRole.values();
    }
}
