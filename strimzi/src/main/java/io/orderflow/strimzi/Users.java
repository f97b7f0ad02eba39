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
import java.util.List;

/** A user for every role, who shows a client certificate and has the role's {@link Right}s. */
final class Users {

    /** One role that runs wild leaves the brokers to the others. */
    private static final int BYTES_PER_SECOND = 50 * 1024 * 1024;

    private static final int REQUEST_PERCENTAGE = 100;

    private Users() {}

    static List<KafkaUser> of(Topology topology, Shape shape) {
        var rights = topology.rights();
        return topology.roles().stream()
                .map(role -> user(
                        role,
                        rights.stream().filter(right -> right.role().equals(role)).toList(),
                        shape))
                .toList();
    }

    private static KafkaUser user(Role role, List<Right> rights, Shape shape) {
        return new KafkaUserBuilder()
                .withNewMetadata()
                    .withName(role.name())
                    .addToLabels(Cluster.CLUSTER, shape.cluster())
                .endMetadata()
                .withNewSpec()
                    .withNewKafkaUserTlsClientAuthentication().endKafkaUserTlsClientAuthentication()
                    .withNewKafkaUserAuthorizationSimple()
                        .withAcls(rights.stream().map(Users::rule).toList())
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
