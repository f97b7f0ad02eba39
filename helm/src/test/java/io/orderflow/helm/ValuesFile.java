package io.orderflow.helm;

import java.nio.file.Path;

/** A file of values: one of the chart's own, or one that stands for an installation and belongs to these tests. */
enum ValuesFile {
    /** Everything that has no default, at its plainest. */
    REQUIRED("../src/test/values/required.yaml"),
    SMALL("values-small.yaml"),
    PRODUCTION("values-production.yaml"),
    /** What one's own installation adds to the production values. */
    PRODUCTION_OWN("../src/test/values/production-own.yaml"),
    /** Kafka and Strimzi of somebody else. */
    EXTERNAL_KAFKA("../src/test/values/external-kafka.yaml"),
    /** A Kafka resource that is there already. */
    EXISTING_CLUSTER("../src/test/values/existing-cluster.yaml"),
    /** Every switch on and every list filled. */
    EVERYTHING("../src/test/values/everything.yaml");

    private final String path;

    ValuesFile(String path) {
        this.path = path;
    }

    /** Of a copy of the chart, or of the tests. */
    Path in(Path chart) {
        return path.startsWith("..") ? Chart.SOURCE.resolve(path).normalize() : chart.resolve(path);
    }
}
