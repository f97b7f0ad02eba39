package io.orderflow.strimzi;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.orderflow.contracts.Topology;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaBuilder;
import io.strimzi.api.kafka.model.kafka.KRaftMetadataStorage;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListenerBuilder;
import io.strimzi.api.kafka.model.kafka.listener.KafkaListenerAuthenticationTls;
import io.strimzi.api.kafka.model.kafka.listener.KafkaListenerType;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePoolBuilder;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePoolTemplate;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePoolTemplateBuilder;
import io.strimzi.api.kafka.model.nodepool.ProcessRoles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The brokers: one Kafka resource with mutual TLS and rights for everyone who comes, and the node pools to choose from.
 * Small installations let the same nodes be brokers and controllers; production keeps them apart, so that a broker
 * under load does not delay an election.
 */
final class Cluster {

    static final String CLUSTER = "strimzi.io/cluster";
    static final int PORT = 9093;

    private final Topology topology;
    private final Shape shape;

    Cluster(Topology topology, Shape shape) {
        this.topology = topology;
        this.shape = shape;
    }

    Kafka kafka() {
        return new KafkaBuilder()
                .withNewMetadata()
                    .withName(shape.cluster())
                .endMetadata()
                .withNewSpec()
                    .withNewKafka()
                        .withConfig(config())
                        .withListeners(listener())
                        .withNewKafkaAuthorizationSimple().endKafkaAuthorizationSimple()
                        .withNewStrimziMetricsReporterConfig()
                            .withNewValues().withAllowList("kafka_.*").endValues()
                        .endStrimziMetricsReporterConfig()
                    .endKafka()
                    .withNewEntityOperator()
                        .withNewTopicOperator()
                            .withResources(resources("100m", "384Mi"))
                        .endTopicOperator()
                        .withNewUserOperator()
                            .withResources(resources("100m", "384Mi"))
                        .endUserOperator()
                        .withNewTemplate()
                            .withNewPod()
                                .withSecurityContext(pod())
                            .endPod()
                            .withNewTopicOperatorContainer()
                                .withSecurityContext(container())
                            .endTopicOperatorContainer()
                            .withNewUserOperatorContainer()
                                .withSecurityContext(container())
                            .endUserOperatorContainer()
                        .endTemplate()
                    .endEntityOperator()
                .endSpec()
                .build();
    }

    /**
     * Fits a namespace that takes only restricted pods, whatever the operator does by itself; its images belong to
     * group 0, as their disks must.
     */
    private static PodSecurityContext pod() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withFsGroup(0L)
                .withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile()
                .build();
    }

    /** Strimzi's scripts write to /tmp alone, which is a volume, and to the disks. */
    private static SecurityContext container() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities().withDrop("ALL").endCapabilities()
                .build();
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new TreeMap<>();
        config.put("auto.create.topics.enable", false);
        config.put("default.replication.factor", shape.replicas());
        config.put("min.insync.replicas", shape.minInSync());
        config.put("offsets.topic.replication.factor", shape.replicas());
        config.put("transaction.state.log.replication.factor", shape.replicas());
        config.put("transaction.state.log.min.isr", shape.minInSync());
        config.put("unclean.leader.election.enable", false);
        return config;
    }

    /** Mutual TLS, and only the pods of our own roles get as far as the handshake. */
    private GenericKafkaListener listener() {
        var peers = topology.roles().stream()
                .map(role -> new NetworkPolicyPeerBuilder()
                        .withPodSelector(new LabelSelectorBuilder()
                                .addToMatchLabels("app.kubernetes.io/component", role.name())
                                .addToMatchLabels("app.kubernetes.io/part-of", "orderflow")
                                .build())
                        .build())
                .toList();
        return new GenericKafkaListenerBuilder()
                .withName("tls")
                .withPort(PORT)
                .withType(KafkaListenerType.INTERNAL)
                .withTls(true)
                .withAuth(new KafkaListenerAuthenticationTls())
                .withNetworkPolicyPeers(peers)
                .build();
    }

    /** Brokers and controllers in one, for small installations. */
    KafkaNodePool dual() {
        var resources = resources("500m", "2Gi");
        return pool("dual", shape.brokers(), shape.storage(), resources, ProcessRoles.CONTROLLER, ProcessRoles.BROKER);
    }

    KafkaNodePool brokers() {
        return pool("broker", shape.brokers(), shape.storage(), resources("2", "8Gi"), ProcessRoles.BROKER);
    }

    /** An odd number, for they vote: three bear the loss of one. */
    KafkaNodePool controllers() {
        return pool("controller", 3, "10Gi", resources("500m", "1Gi"), ProcessRoles.CONTROLLER);
    }

    private KafkaNodePool pool(
            String name, int replicas, String storage, ResourceRequirements resources, ProcessRoles... roles) {
        return new KafkaNodePoolBuilder()
                .withNewMetadata()
                    .withName(name)
                    .addToLabels(CLUSTER, shape.cluster())
                .endMetadata()
                .withNewSpec()
                    .withReplicas(replicas)
                    .withRoles(List.of(roles))
                    .withNewJbodStorage()
                        .addNewPersistentClaimStorageVolume()
                            .withId(0)
                            .withSize(storage)
                            .withKraftMetadata(KRaftMetadataStorage.SHARED)
                            .withDeleteClaim(false)
                        .endPersistentClaimStorageVolume()
                    .endJbodStorage()
                    .withResources(resources)
                    .withTemplate(template(name))
                .endSpec()
                .build();
    }

    /**
     * Said by each pool, since a pool that says anything of its pods is asked alone: no two nodes of it on one machine
     * where there are others. Zones are the rack's: a second label here, which the machines may lack, would leave both
     * without effect.
     */
    private KafkaNodePoolTemplate template(String pool) {
        return new KafkaNodePoolTemplateBuilder()
                .withNewPod()
                    .withSecurityContext(pod())
                    .withTopologySpreadConstraints(spread(pool))
                .endPod()
                .withNewKafkaContainer()
                    .withSecurityContext(container())
                .endKafkaContainer()
                .withNewInitContainer()
                    .withSecurityContext(container())
                .endInitContainer()
                .build();
    }

    private TopologySpreadConstraint spread(String pool) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                    .addToMatchLabels(CLUSTER, shape.cluster())
                    .addToMatchLabels("strimzi.io/pool-name", pool)
                .endLabelSelector()
                .build();
    }

    private static ResourceRequirements resources(String cpu, String memory) {
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity(memory))
                .addToLimits("memory", new Quantity(memory))
                .build();
    }
}
