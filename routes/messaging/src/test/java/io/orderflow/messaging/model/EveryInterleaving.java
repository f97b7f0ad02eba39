package io.orderflow.messaging.model;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that can happen in a small world: every order of its steps, and each of its disturbances as often as it may come,
 * at every moment. States that are equal are looked at once.
 */
public final class EveryInterleaving {

    /** What may come any number of times. */
    private static final Set<Kind> FREE = EnumSet.of(Kind.PROGRESS, Kind.RELEASE);

    private final World world;
    private final Invariants invariants;
    private final int most;
    private final Map<State, Came> seen = new HashMap<>();
    private final Map<Object, Object> parts = new HashMap<>();
    private final ArrayDeque<State> open = new ArrayDeque<>();
    private int ends;

    /** A state of the world, and how often each kind of disturbance may still come. */
    private record State(List<Object> world, Map<Kind, Integer> left) {}

    /** How a state was reached first. */
    private record Came(State from, String step) {}

    /**
     * @param most how many states are looked at, at most
     */
    public EveryInterleaving(World world, Invariants invariants, int most) {
        this.world = world;
        this.invariants = invariants;
        this.most = most;
    }

    /**
     * Looks at everything that is reachable from where the world is.
     *
     * @param disturbances how often each kind may come
     * @throws AssertionError if an invariant does not hold somewhere, with the way there
     */
    public void explore(Map<Kind, Integer> disturbances) {
        reach(new State(saved(), Map.copyOf(disturbances)), null, "");
        while (!open.isEmpty()) {
            if (seen.size() > most) {
                throw new AssertionError("states: more than " + most + " (expected: a smaller scope)");
            }
            look(open.removeLast());
        }
    }

    private void look(State state) {
        world.restore(state.world());
        var kinds = EnumSet.copyOf(FREE);
        state.left().forEach((kind, times) -> {
            if (times > 0) {
                kinds.add(kind);
            }
        });
        int steps = world.steps(kinds).size();
        boolean progress = false;
        for (int i = 0; i < steps; i++) {
            world.restore(state.world());
            var step = world.steps(kinds).get(i);
            progress |= FREE.contains(step.kind());
            try {
                step.action().run();
                invariants.always();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(way(state) + step + "\n" + failure, failure);
            }
            reach(new State(saved(), spent(state.left(), step.kind())), state, step.toString());
        }
        if (!progress) {
            world.restore(state.world());
            end(state);
        }
    }

    private void end(State state) {
        var wait = world.untilWorkIsDue();
        if (wait.isPresent()) {
            wait.get().action().run();
            reach(new State(saved(), state.left()), state, wait.get().toString());
            return;
        }
        ends++;
        try {
            if (!world.isAtRest()) {
                throw new AssertionError("something is left and nothing can happen (expected: nothing left)");
            }
            invariants.atRest();
        } catch (AssertionError failure) {
            throw new AssertionError(way(state) + failure, failure);
        }
    }

    /** The world's state; states share the parts that are equal, which are most. */
    private List<Object> saved() {
        return world.save().stream()
                .map(part -> parts.computeIfAbsent(part, first -> first))
                .toList();
    }

    private void reach(State state, State from, String step) {
        if (seen.putIfAbsent(state, new Came(from, step)) == null) {
            open.addLast(state);
        }
    }

    private static Map<Kind, Integer> spent(Map<Kind, Integer> left, Kind kind) {
        if (FREE.contains(kind)) {
            return left;
        }
        var less = new EnumMap<>(left);
        less.merge(kind, -1, Integer::sum);
        return Map.copyOf(less);
    }

    private String way(State state) {
        var lines = new LinkedList<String>();
        for (var at = state; at != null; at = seen.get(at).from()) {
            lines.addFirst(seen.get(at).step());
        }
        return String.join("\n", lines) + "\n";
    }

    public int states() {
        return seen.size();
    }

    /** States in which nothing can happen any more. */
    public int ends() {
        return ends;
    }
}
