package io.orderflow.helm;

import java.nio.file.Path;

/** A file of values: one of the chart's own, or one that stands for an installation and belongs to these tests. */
enum ValuesFile {
    /** What {@code make kind-up} adds to the small installation. */
    KIND("kind/values.yaml"),
    /** Everything that has no default, at its plainest. */
    REQUIRED("src/test/values/required.yaml"),
    SMALL("orderflow/values-small.yaml"),
    PRODUCTION("orderflow/values-production.yaml"),
    /** What one's own installation adds to the production values. */
    PRODUCTION_OWN("src/test/values/production-own.yaml"),
    /** Kafka and Strimzi of somebody else. */
    EXTERNAL_KAFKA("src/test/values/external-kafka.yaml"),
    /** A Kafka resource that is there already. */
    EXISTING_CLUSTER("src/test/values/existing-cluster.yaml"),
    /** One service more, which is installed only where it is asked for. */
    CONSOLE("src/test/values/console.yaml"),
    /** Every switch on and every list filled. */
    EVERYTHING("src/test/values/everything.yaml");

    private final String path;

    ValuesFile(String path) {
        this.path = path;
    }

    /** @param root the folder that has the chart and these tests, or a copy of it */
    Path in(Path root) {
        return root.resolve(path);
    }
}
