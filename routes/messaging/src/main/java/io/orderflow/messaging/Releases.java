package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.Parking.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Many parked events of a service let go, or given up, one after the other at a pace. A release is durable: its events
 * are chosen once, when it is made, and any instance carries it on. One runs in a service at a time.
 */
public interface Releases {

    /** What is done with each event: see {@link Parking#release} and {@link Parking#discard}. */
    enum Action {
        RELEASE,
        DISCARD
    }

    /** Where a release is. */
    enum State {
        /** Another one of its service, made before it, is open still. */
        WAITING,
        RUNNING,
        PAUSED,
        /**
         * It was ended by an operator, or had been paused for longer than an event may be released; what it had not
         * tried is parked as before.
         */
        STOPPED,
        /** All its events were tried. */
        DONE
    }

    /** What an operator does with a release that is not over. */
    enum Step {
        PAUSE,
        RESUME,
        STOP
    }

    /**
     * Which events are meant.
     *
     * @param filter those that are parked and that it lets through, to discard without erasures; null with ids
     * @param ids these, parked or settled already; empty where there is a filter
     * @param before of those that a filter lets through, and those that wait behind what is meant, the ones that were
     *     parked before then, by the database's clock, and the filter's ages are those of then; null for now
     * @param followers whether what waits behind them on the same topic and key goes with them, to discard without
     *     erasures
     * @param first how many events at most, followers included; null for all
     */
    record Selection(Action action, Filter filter, List<UUID> ids, Instant before, boolean followers, Integer first) {}

    /**
     * What a selection comes to now.
     *
     * @param matches how many events are meant by themselves, whatever {@code first} says
     * @param events how many would be tried, followers included
     * @param followers how many of these only wait behind others
     * @param orders under how many keys they are
     * @param alreadyDone how many of these are settled already
     * @param tooLate how many of these are parked for longer than a release may take
     * @param behindAnother how many of these wait behind one that stays
     * @param before the time before which what a filter lets through, and what waits behind it, was parked
     */
    record Plan(
            int matches,
            int events,
            int followers,
            int orders,
            int alreadyDone,
            int tooLate,
            int behindAnother,
            Instant before) {}

    /**
     * Who asks for it and how.
     *
     * @param what which events, in words
     * @param call the operator's call in the record
     * @param perMinute how many events are tried in a minute at most
     * @param matches how many events it must come to, {@link Plan#matches}; null where that does not matter
     */
    record Order(String what, String caller, String reason, UUID call, int perMinute, Integer matches) {}

    /**
     * A release and how far it is.
     *
     * @param events how many were chosen
     * @param done how many of them took effect, or were given up
     * @param failedAgain how many failed again, and stay parked
     * @param alreadyDone how many were settled before they were tried
     * @param refused how many stay parked for another reason: behind another, or too late
     * @param left how many were not tried yet
     */
    record Release(
            UUID id,
            Role role,
            Action action,
            State state,
            String what,
            String caller,
            String reason,
            int perMinute,
            int events,
            int followers,
            int orders,
            int done,
            int failedAgain,
            int alreadyDone,
            int refused,
            int left,
            Instant createdAt,
            Instant endedAt) {}

    /** The place of a release in a list. */
    record Place(Instant createdAt, UUID id) {}

    /**
     * An event of a release.
     *
     * @param place in the order in which they are tried, from 1
     * @param order null where the event names none, or is forgotten
     * @param standing where that stands now, as its role has it: see {@link Standing}; null where the role does not
     *     know
     * @param follower whether it was chosen only because it waits behind another
     * @param result null until it was tried
     * @param error why it failed last; null where it did not fail again, or is forgotten
     */
    record Item(
            int place,
            UUID event,
            UUID order,
            String standing,
            String topic,
            String key,
            boolean follower,
            Result result,
            String error,
            Instant at) {}

    /** What a release did with an event. */
    record Tried(UUID release, Result result, Instant at, String caller, String reason, UUID call) {}

    /** A selection comes to another number of events than was expected. */
    final class Differs extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int matches;

        public Differs(int matches) {
            super("events: " + matches);
            this.matches = matches;
        }

        public int matches() {
            return matches;
        }
    }

    /** What a selection comes to, without doing anything. */
    Plan plan(Role role, Selection selection);

    /**
     * Makes a release of what a selection comes to now, before a witness: what that stores holds if and only if the
     * release does.
     *
     * @throws Differs if it is not the number of events that was expected; then nothing has happened
     */
    Release begin(Role role, Selection selection, Order order, Consumer<Release> witness);

    /** The releases of this process's roles before a place, the newest first; null for the first page. */
    List<Release> list(Place before, int limit);

    Optional<Release> find(UUID id);

    /** How many events have been parked since, up to 10,000 of them looked at, that the release would take as well. */
    int later(Release release);

    /** A release's events after a place, from 0; with a result, or all where that is null. */
    List<Item> items(Release release, Result result, int after, int limit);

    /** What releases did with an event, the oldest first; of very many the last. */
    List<Tried> ofEvent(Role role, UUID event, int limit);

    /**
     * Takes a step, before a witness. Once a release is paused or stopped no more of its events take effect.
     *
     * @param witness told the state before and after
     * @return empty if its state does not allow it
     */
    Optional<Release> take(Release release, Step step, BiConsumer<State, State> witness);
}
