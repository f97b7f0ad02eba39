package io.orderflow.strimzi;

import io.orderflow.contracts.Right;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserBuilder;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleBuilder;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.StrimziAclOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A user for every role, who shows a client certificate and has the role's {@link Right}s; and one who is told how far
 * each role has read, and nothing of what is written.
 */
final class Users {

    /** One role that runs wild leaves the brokers to the others. */
    private static final int BYTES_PER_SECOND = 50 * 1024 * 1024;

    private static final int REQUEST_PERCENTAGE = 100;

    /** Who adds pods where events wait. */
    static final String SCALER = "scaler";

    private Users() {}

    static List<KafkaUser> of(Topology topology, Shape shape) {
        var rights = topology.rights();
        List<KafkaUser> users = new ArrayList<>();
        for (var role : topology.roles()) {
            var own = rights.stream().filter(right -> right.role().equals(role));
            users.add(user(role.name(), own.map(Users::rule).toList(), shape));
        }
        users.add(user(SCALER, asked(topology), shape));
        return users;
    }

    /** The ends of what somebody reads, and the positions of those who read it. */
    private static List<AclRule> asked(Topology topology) {
        var scaler = new Role(SCALER);
        var topics = topology.channels().stream()
                .filter(channel -> !channel.readers().isEmpty())
                .map(channel -> new Right(scaler, Right.Kind.TOPIC, channel.topic(), Set.of(Right.Operation.DESCRIBE)));
        var groups = topology.roles().stream()
                .filter(role -> !topology.readBy(role).isEmpty())
                .map(role -> new Right(scaler, Right.Kind.GROUP, role.name(), Set.of(Right.Operation.DESCRIBE)));
        return Stream.concat(topics, groups).map(Users::rule).toList();
    }

    private static KafkaUser user(String name, List<AclRule> rules, Shape shape) {
        return new KafkaUserBuilder()
                .withNewMetadata()
                    .withName(name)
                    .addToLabels(Cluster.CLUSTER, shape.cluster())
                .endMetadata()
                .withNewSpec()
                    .withNewKafkaUserTlsClientAuthentication().endKafkaUserTlsClientAuthentication()
                    .withNewKafkaUserAuthorizationSimple()
                        .withAcls(rules)
                    .endKafkaUserAuthorizationSimple()
                    .withNewQuotas()
                        .withProducerByteRate(BYTES_PER_SECOND)
                        .withConsumerByteRate(BYTES_PER_SECOND)
                        .withRequestPercentage(REQUEST_PERCENTAGE)
                    .endQuotas()
                .endSpec()
                .build();
    }

    private static AclRule rule(Right right) {
        return new AclRuleBuilder()
                .withResource(resource(right))
                .withOperations(right.operations().stream()
                        .sorted()
                        .map(operation -> StrimziAclOperation.valueOf(operation.name()))
                        .toList())
                .build();
    }

    private static AclRuleResource resource(Right right) {
        return switch (right.kind()) {
            case TOPIC -> {
                var topic = new AclRuleTopicResource();
                topic.setName(right.name());
                yield topic;
            }
            case GROUP -> {
                var group = new AclRuleGroupResource();
                group.setName(right.name());
                yield group;
            }
        };
    }
}
