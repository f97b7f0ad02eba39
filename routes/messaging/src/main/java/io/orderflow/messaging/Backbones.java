package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The participants of this process, each with its share of the backbone. */
final class Backbones {

    private final Map<Role, Backbone> byRole = new TreeMap<>();

    Backbones(Collection<Backbone> backbones) {
        backbones.forEach(backbone -> byRole.put(backbone.role(), backbone));
    }

    /**
     * @throws IllegalArgumentException if the role does not run here
     */
    Backbone of(Role role) {
        var backbone = byRole.get(role);
        if (backbone == null) {
            throw new IllegalArgumentException(
                    "role: " + role + " does not run here (expected: one of " + byRole.keySet() + ")");
        }
        return backbone;
    }

    Collection<Backbone> all() {
        return byRole.values();
    }
}
