package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The instances of each role, by number: which of them acts, and which has lost the broker and not the database. Of one
 * role at most one has; it is then the one that does all that needs no broker.
 */
final class Instances implements Kept {

    private static final int FIRST = 1;

    private final int ofEachRole;
    private final Map<Role, Integer> cutOff = new HashMap<>();
    private int acting = FIRST;

    Instances(int ofEachRole) {
        this.ofEachRole = ofEachRole;
    }

    int ofEachRole() {
        return ofEachRole;
    }

    boolean isAnyCutOff(Role role) {
        return cutOff.containsKey(role);
    }

    /** Whether the one that acts reaches the broker, if that is there. */
    boolean reachesBroker(Role role) {
        return cutOff.getOrDefault(role, 0) != acting;
    }

    int acting() {
        return acting;
    }

    /** The steps in which one loses the broker or finds it again. */
    void offer(Offers offers, Role role, Runnable found) {
        if (ofEachRole == FIRST) {
            return;
        }
        if (isAnyCutOff(role)) {
            int sick = cutOff.get(role);
            offers.step(Kind.CUT_OFF, () -> role + "'s instance " + sick + " finds the broker again", () -> {
                cutOff.remove(role);
                found.run();
            });
            return;
        }
        for (int number = FIRST; number <= ofEachRole; number++) {
            int one = number;
            offers.step(
                    Kind.CUT_OFF, () -> role + "'s instance " + one + " loses the broker", () -> cutOff.put(role, one));
        }
    }

    /** All by number, who is cut off before the others. */
    List<Integer> sickFirst(Role role) {
        return IntStream.rangeClosed(FIRST, ofEachRole)
                .boxed()
                .sorted(Comparator.comparing(number -> !number.equals(cutOff.get(role))))
                .toList();
    }

    /** Lets one of them act. */
    void act(int number, Runnable action) {
        acting = number;
        try {
            action.run();
        } finally {
            acting = FIRST;
        }
    }

    @Override
    public Object save() {
        return Map.copyOf(cutOff);
    }

    @Override
    public void restore(Object saved) {
        cutOff.clear();
        ((Map<?, ?>) saved).forEach((role, number) -> cutOff.put((Role) role, (Integer) number));
    }
}
