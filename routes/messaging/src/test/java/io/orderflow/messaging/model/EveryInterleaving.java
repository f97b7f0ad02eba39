package io.orderflow.messaging.model;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

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
    private final Map<Object, Part> parts = new HashMap<>();
    private final ArrayDeque<State> open = new ArrayDeque<>();
    private int ends;

    /** A part of the world's state. Equal ones are one, so that states compare them by identity. */
    private static final class Part {

        private final Object value;

        private Part(Object value) {
            this.value = value;
        }
    }

    /** A state of the world, and how often each kind of disturbance may still come. */
    private record State(List<Part> parts, Map<Kind, Integer> left) {

        private List<Object> world() {
            return parts.stream().map(part -> part.value).toList();
        }
    }

    /** How a state was reached first. */
    private record Came(State from, Step step) {}

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
        var first = world.save().stream().map(this::part).toList();
        reach(new State(first, Map.copyOf(disturbances)), null, null);
        while (!open.isEmpty()) {
            if (seen.size() > most) {
                throw new AssertionError("states: more than " + most + " (expected: a smaller scope)");
            }
            look(open.removeLast());
        }
    }

    private void look(State state) {
        var before = state.world();
        world.restore(before);
        var kinds = EnumSet.copyOf(FREE);
        state.left().forEach((kind, times) -> {
            if (times > 0) {
                kinds.add(kind);
            }
        });
        boolean progress = false;
        for (var step : world.steps(kinds)) {
            world.restore(before);
            progress |= FREE.contains(step.kind());
            try {
                step.action().run();
                invariants.always();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(way(state) + step + "\n" + failure, failure);
            }
            reach(new State(saved(state.parts()), spent(state.left(), step.kind())), state, step);
        }
        if (!progress) {
            world.restore(before);
            end(state);
        }
    }

    private void end(State state) {
        var wait = world.untilWorkIsDue();
        if (wait.isPresent()) {
            wait.get().action().run();
            reach(new State(saved(state.parts()), state.left()), state, wait.get());
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

    /** The world's state. A step leaves most of it as it was, and to see that takes no hash of it. */
    private List<Part> saved(List<Part> before) {
        var now = world.save();
        return IntStream.range(0, now.size())
                .mapToObj(i -> before.get(i).value.equals(now.get(i)) ? before.get(i) : part(now.get(i)))
                .toList();
    }

    private Part part(Object value) {
        return parts.computeIfAbsent(value, Part::new);
    }

    private void reach(State state, State from, Step step) {
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
        for (var came = seen.get(state); came.from() != null; came = seen.get(came.from())) {
            lines.addFirst(came.step() + "\n");
        }
        return String.join("", lines);
    }

    public int states() {
        return seen.size();
    }

    /** States in which nothing can happen any more. */
    public int ends() {
        return ends;
    }
}
