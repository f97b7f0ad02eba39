package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Parking.Parked;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators can find out about parked events: lists by what they are, groups of those that failed alike, and one
 * event whole. What is in an event is read by itself, a part at a time.
 */
public interface ParkedSearch {

    /**
     * Which events are asked for. What is null is not asked about.
     *
     * @param state never null
     * @param key empty for records without one
     * @param group of the errors that are alike, see {@link Group}
     * @param minAge for how long it is parked at least, by the database's clock
     * @param maxAge for how long it is parked at most
     */
    record Filter(
            State state,
            UUID order,
            String key,
            String topic,
            String eventType,
            Reason reason,
            String errorClass,
            String group,
            Duration minAge,
            Duration maxAge) {}

    /** The place of an event in a list: after it comes what was parked later, and at the same time by its id. */
    record Place(Instant parkedAt, UUID id) {}

    /**
     * An event in a list.
     *
     * @param settledAt when it was released or discarded, or null
     * @param eventType null where none could be read, or where a version parked it that noted none
     * @param errorClass the kind of failure, or null where nothing failed
     * @param group of its error
     */
    record Listed(Parked event, State state, Instant settledAt, String eventType, String errorClass, String group) {}

    /** The place of a group in the list of groups. */
    record GroupPlace(String group, String role) {}

    /**
     * The parked events of a role that failed alike: their errors are the same but for their values.
     *
     * @param group its name, made of the error without values
     * @param errorClass as of the first of them
     * @param error without values
     * @param count how many are parked; it stops counting at a limit
     * @param more whether there are more than that
     * @param first the one that is parked for the longest
     * @param lastParkedAt when the last of them was parked
     * @param lastTriedAt when one of the group was released last, or tried to be; null if none was
     */
    record Group(
            Role role,
            String group,
            String errorClass,
            String error,
            long count,
            boolean more,
            Place first,
            Instant lastParkedAt,
            Instant lastTriedAt) {}

    /**
     * A header of a record.
     *
     * @param value its beginning; null where it has none
     * @param bytes the size of all of it
     */
    record Header(String name, byte[] value, int bytes) {}

    /** What waits behind a parked event. */
    record Follower(UUID id, String eventType, Reason reason, Instant parkedAt) {}

    /**
     * One event with everything about it but what is in it.
     *
     * @param sha256 of its value
     * @param bytes the size of its value; null where it has none, or none any more
     * @param withheld whether its headers and value are shown to nobody, for they can be erased
     * @param headers the first ones, each with its beginning
     * @param stack where handling it failed, or null
     * @param behind what has to end before it, or null
     * @param followers the first that wait behind it
     * @param more whether there are more of them
     */
    record Whole(
            Listed event,
            byte[] sha256,
            Long bytes,
            boolean withheld,
            List<Header> headers,
            String stack,
            UUID behind,
            List<Follower> followers,
            boolean more) {}

    /**
     * A part of an event's value.
     *
     * @param role whose event it is
     * @param size of the whole value; null where there is none, or none any more
     * @param bytes the part; empty where it is withheld
     */
    record Part(Role role, Long size, boolean withheld, byte[] bytes) {}

    /** Those of the roles of this process after a place, in the order in which they were parked; null for the first. */
    List<Listed> list(Filter filter, Place after, int limit);

    /** The groups of what is parked in the roles of this process after one, in the order of their names. */
    List<Group> groups(GroupPlace after, int limit);

    /** An event that is parked in a role of this process, or was. */
    Optional<Whole> find(UUID id);

    /** A part of what is in it, from a byte on. */
    Optional<Part> payload(UUID id, int from, int bytes);
}
