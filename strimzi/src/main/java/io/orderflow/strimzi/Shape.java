package io.orderflow.strimzi;

import io.orderflow.contracts.Topology;
import java.time.Duration;

/**
 * What the declaration of channels does not say, because it depends on the machines and not on the routes.
 *
 * @param cluster the name of the Kafka resource
 * @param partitions of every topic, fixed at installation: an order's events stay in their partition
 * @param replicas of every partition
 * @param brokers in the pool, at least as many as replicas
 * @param retention how long events and addresses stay; the inbox must remember longer
 * @param storage of each broker, as a Kubernetes quantity
 */
record Shape(String cluster, int partitions, int replicas, int brokers, Duration retention, String storage) {

    /** Survives the loss of one machine without losing an event or refusing one. */
    static final Shape DEFAULT = new Shape("orderflow", 12, 3, 3, Topology.RETENTION, "100Gi");

    Shape {
        if (brokers < replicas) {
            throw new IllegalArgumentException(
                    "brokers: " + brokers + " (expected: at least " + replicas + " replicas)");
        }
        if (partitions < 1 || replicas < 1) {
            throw new IllegalArgumentException(
                    "partitions, replicas: " + partitions + ", " + replicas + " (expected: at least 1)");
        }
    }

    /** How many replicas must have an event before it counts as written. */
    int minInSync() {
        return Math.max(1, replicas - 1);
    }
}
