package io.orderflow.local.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was done and seen in a demo. Several threads write into it. */
final class Diary {

    private final List<Moment> moments = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final Map<Act, Stretch> acts = new EnumMap<>(Act.class);

    /** A line about what happened. */
    record Note(double at, String text) {}

    /**
     * How long something was so.
     *
     * @param to infinity as long as it is so
     */
    record Stretch(Act act, double from, double to) {

        boolean isOver() {
            return to < Double.POSITIVE_INFINITY;
        }
    }

    synchronized void saw(Moment moment) {
        moments.add(moment);
    }

    synchronized void note(double at, String text) {
        notes.add(new Note(at, text));
    }

    synchronized void begins(Act act, double at, String text) {
        acts.put(act, new Stretch(act, at, Double.POSITIVE_INFINITY));
        note(at, text);
    }

    synchronized void ends(Act act, double at, String text) {
        acts.put(act, new Stretch(act, acts.get(act).from(), at));
        note(at, text);
    }

    /** What was seen last. */
    synchronized Optional<Moment> last() {
        return moments.isEmpty() ? Optional.empty() : Optional.of(moments.getLast());
    }

    synchronized List<Moment> moments() {
        return List.copyOf(moments);
    }

    synchronized List<Note> notes() {
        return List.copyOf(notes);
    }

    synchronized List<Stretch> acts() {
        return List.copyOf(acts.values());
    }
}
