package io.orderflow.messaging.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** All that can happen next, as far as it may. */
public final class Offers {

    private final Set<Kind> allowed;
    private final List<Step> steps = new ArrayList<>();

    Offers(Set<Kind> allowed) {
        this.allowed = allowed;
    }

    /** Whether steps of this kind are taken. */
    boolean allow(Kind kind) {
        return allowed.contains(kind);
    }

    public void step(Supplier<String> name, Runnable action) {
        step(Kind.PROGRESS, name, action);
    }

    public void step(Kind kind, Supplier<String> name, Runnable action) {
        if (allowed.contains(kind)) {
            steps.add(new Step(kind, name, action));
        }
    }

    List<Step> steps() {
        return steps;
    }
}
