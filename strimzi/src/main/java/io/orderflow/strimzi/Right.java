package io.orderflow.strimzi;

import static io.strimzi.api.kafka.model.user.acl.StrimziAclOperation.DESCRIBE;
import static io.strimzi.api.kafka.model.user.acl.StrimziAclOperation.READ;
import static io.strimzi.api.kafka.model.user.acl.StrimziAclOperation.WRITE;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.strimzi.api.kafka.model.user.acl.StrimziAclOperation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one role may do with one topic or consumer group. Nothing else is granted: topics are made by the topic operator, and an idempotent producer needs no right of its own beside
 * Write.
 *
 * @param kind {@code topic} or {@code group}
 */
record Right(Role role, String kind, String name, Set<StrimziAclOperation> operations) {

    /** Everything that the routes need, and nothing more: by role, topics in the order of the declaration, then the group. */
    static List<Right> of(Topology topology) {
        List<Right> rights = new ArrayList<>();
        for (var role : topology.roles()) {
            for (var channel : topology.channels()) {
                Set<StrimziAclOperation> operations = EnumSet.noneOf(StrimziAclOperation.class);
                if (channel.readers().containsKey(role)) {
                    operations.addAll(EnumSet.of(READ, DESCRIBE));
                }
                if (channel.writers().contains(role)) {
                    operations.addAll(EnumSet.of(WRITE, DESCRIBE));
                }
                if (!operations.isEmpty()) {
                    rights.add(new Right(role, "topic", channel.topic(), operations));
                }
            }
            if (!topology.readBy(role).isEmpty()) {
                rights.add(new Right(role, "group", role.name(), EnumSet.of(READ)));
            }
        }
        return rights;
    }

    /** One line of the committed table for each operation: {@code orders topic order_events Write}. */
    List<String> lines() {
        return operations.stream()
                .map(operation -> role + " " + kind + " " + name + " " + operation.toValue())
                .toList();
    }
}
