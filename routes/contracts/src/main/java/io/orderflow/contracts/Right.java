package io.orderflow.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one role may do with one topic or consumer group on Kafka. {@link Topology#rights()} lists all of them, and
 * nothing else is granted: topics are made by whoever installs, and an idempotent producer needs no right of its own
 * beside Write.
 *
 * @param kind whether the name is a topic's or a consumer group's
 * @param name as declared, without the prefix that an installation may put before it
 */
public record Right(Role role, Kind kind, String name, Set<Operation> operations) {

    /** What a right is about. */
    public enum Kind {
        TOPIC,
        GROUP
    }

    /** What may be done, by Kafka's names, in the order in which they are listed. */
    public enum Operation {
        READ,
        WRITE,
        DESCRIBE
    }

    public Right {
        operations = Set.copyOf(operations);
    }

    /** One line for each operation, as people read it: {@code orders topic order_events Write}. */
    public List<String> lines() {
        return operations.stream()
                .sorted()
                .map(operation ->
                        role + " " + kind.name().toLowerCase(Locale.ROOT) + " " + name + " " + word(operation))
                .toList();
    }

    private static String word(Operation operation) {
        return operation.name().charAt(0) + operation.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
