package io.orderflow.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.UUID;

/**
 * A fact about one order, in the past tense. On the wire {@code orderId} and {@code occurredAt} stand in the envelope
 * and the other components in its payload, in snake case; what the record refuses (its constructor throws) cannot be
 * handled by anyone and is parked by the reader.
 */
public interface Event {

    /** The order that the fact is about, and the record's key in Kafka. Never null. */
    UUID orderId();

    /** When it happened, by the writer's clock, UTC. Never null. */
    Instant occurredAt();

    /**
     * Whether it may be handled although an earlier event of its order is parked: true where its effect makes whatever
     * waits there harmless.
     */
    default boolean passesParked() {
        return false;
    }

    /** The name on the wire. */
    static String typeOf(Class<? extends Event> type) {
        return type.getSimpleName();
    }

    /** The version of a type's payload, from 1. It grows only when a reader of the version before would misread it. */
    static int versionOf(Class<? extends Event> type) {
        var version = type.getAnnotation(Version.class);
        return version == null ? 1 : version.value();
    }

    /** Stands on an event whose payload is no longer version 1. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Version {
        int value();
    }
}
