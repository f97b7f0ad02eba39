package io.orderflow.messaging.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What workers' routes call. Each call is a step of its own: a route runs up to the call after the one that is made
 * now, is given up there, and runs again from its beginning with the answers that it has had.
 */
public final class Outside {

    /** What a caller gets who hears nothing. */
    public static final Object NO_ANSWER = "no answer";

    private List<Object> answers = List.of();
    private Manner manner;
    private int calls;
    private boolean paused;

    /**
     * Ends a route before a call that is a later step. It is no {@link RuntimeException}, so that no {@code catch} of a
     * service holds it up.
     */
    private static final class Paused extends Exception {

        private static final long serialVersionUID = 1L;

        private Paused() {
            super("paused", null, false, false);
        }
    }

    /** Lets a route begin anew. */
    void begin(List<Object> had, Manner next) {
        answers = new ArrayList<>(had);
        manner = next;
        calls = 0;
        paused = false;
    }

    /** Whether the route has more to call. */
    boolean isPaused() {
        return paused;
    }

    List<Object> answers() {
        return List.copyOf(answers);
    }

    /** For the ports: makes a call, or answers what it has answered before. */
    public Object call(Function<Manner, Object> effect) {
        int call = calls++;
        if (call < answers.size()) {
            return answers.get(call);
        }
        if (manner == null) {
            paused = true;
            throw Outside.<RuntimeException>undeclared(new Paused());
        }
        var how = manner;
        manner = null;
        answers.add(effect.apply(how));
        return answers.getLast();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Exception> T undeclared(Exception failure) throws T {
        throw (T) failure;
    }
}
