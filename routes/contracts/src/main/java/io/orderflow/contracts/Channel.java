package io.orderflow.contracts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A topic with its meaning: which events it carries, who writes them and who reads which. Immutable; each
 * {@code with}-like method answers a new channel, so that a declaration reads as one sentence.
 */
public final class Channel {

    private final String topic;
    private final Set<Role> writers;
    private final boolean everyReaderWrites;
    private final Set<Class<? extends Event>> events;
    private final Map<Role, Set<Class<? extends Event>>> readers;
    private final Class<? extends Event> tombstone;
    private final boolean forOthers;

    private Channel(
            String topic,
            Set<Role> writers,
            boolean everyReaderWrites,
            Set<Class<? extends Event>> events,
            Map<Role, Set<Class<? extends Event>>> readers,
            Class<? extends Event> tombstone,
            boolean forOthers) {
        this.topic = topic;
        this.writers = writers;
        this.everyReaderWrites = everyReaderWrites;
        this.events = events;
        this.readers = readers;
        this.tombstone = tombstone;
        this.forOthers = forOthers;
    }

    /** A channel without writer, event or reader. */
    public static Channel named(String topic) {
        if (!topic.matches("[a-z]{1,30}(_[a-z]{1,30}){0,4}")) {
            throw new IllegalArgumentException("topic: " + topic + " (expected: lower-case words joined by _)");
        }
        return new Channel(topic, Set.of(), false, Set.of(), Map.of(), null, false);
    }

    /** Who may write: one role, so that one of them answers for the order of what is said here. */
    public Channel writtenBy(Role role) {
        return new Channel(topic, Set.of(role), false, events, readers, tombstone, forOthers);
    }

    /** The same, written by each role that reads any channel; a {@link Topology} knows which these are. */
    public Channel writtenByEveryReader() {
        return new Channel(topic, Set.of(), true, events, readers, tombstone, forOthers);
    }

    /** The same with its writers filled in, if it is one that every reader writes. */
    Channel among(Set<Role> everyReader) {
        return everyReaderWrites ? new Channel(topic, everyReader, true, events, readers, tombstone, forOthers) : this;
    }

    /** What is said here. */
    @SafeVarargs
    public final Channel carrying(Class<? extends Event>... types) {
        Set<Class<? extends Event>> carried = new LinkedHashSet<>();
        for (var type : types) {
            carried.add(type);
        }
        return new Channel(topic, writers, everyReaderWrites, immutable(carried), readers, tombstone, forOthers);
    }

    /** The same with one more reader, who handles these of the channel's events and skips the others. */
    @SafeVarargs
    public final Channel readBy(Role role, Class<? extends Event>... types) {
        Set<Class<? extends Event>> handled = new LinkedHashSet<>();
        for (var type : types) {
            handled.add(type);
        }
        if (!known().containsAll(handled)) {
            throw new IllegalArgumentException(
                    topic + ": " + role + " reads " + handled + " (expected: of " + known() + ")");
        }
        Map<Role, Set<Class<? extends Event>>> more = new LinkedHashMap<>(readers);
        more.put(role, immutable(handled));
        return new Channel(topic, writers, everyReaderWrites, events, more, tombstone, forOthers);
    }

    /** A compacted channel: a null value under a key means this event, and erases what the key held before. */
    public Channel erasedBy(Class<? extends Event> type) {
        return new Channel(topic, writers, everyReaderWrites, events, readers, type, forOthers);
    }

    /** The same for readers outside of this system, too: an event that nobody here handles is no mistake. */
    public Channel forOthers() {
        return new Channel(topic, writers, everyReaderWrites, events, readers, tombstone, true);
    }

    public String topic() {
        return topic;
    }

    /** Who writes; of a channel that every reader writes, in the topology it was taken from. */
    public Set<Role> writers() {
        return writers;
    }

    /** The types that have a value of their own, in the order of the declaration. */
    public Set<Class<? extends Event>> events() {
        return events;
    }

    /** Who reads, in the order of the declaration, and which types each handles. */
    public Map<Role, Set<Class<? extends Event>>> readers() {
        return Collections.unmodifiableMap(readers);
    }

    public boolean isForOthers() {
        return forOthers;
    }

    /** Whether the broker compacts the topic (and deletes by age besides). */
    public boolean compacted() {
        return tombstone != null;
    }

    /** The event that a null value stands for, or null where a null value means nothing. */
    public Class<? extends Event> tombstone() {
        return tombstone;
    }

    /** Whether an event of this type belongs here. */
    public boolean carries(Class<? extends Event> type) {
        return events.contains(type) || type == tombstone;
    }

    private static <T> Set<T> immutable(Set<T> values) {
        return Collections.unmodifiableSet(values);
    }

    private Set<Class<? extends Event>> known() {
        Set<Class<? extends Event>> known = new LinkedHashSet<>(events);
        if (tombstone != null) {
            known.add(tombstone);
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Channel that
                && topic.equals(that.topic)
                && writers.equals(that.writers)
                && everyReaderWrites == that.everyReaderWrites
                && events.equals(that.events)
                && readers.equals(that.readers)
                && tombstone == that.tombstone
                && forOthers == that.forOthers;
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic);
    }

    @Override
    public String toString() {
        return topic;
    }
}
