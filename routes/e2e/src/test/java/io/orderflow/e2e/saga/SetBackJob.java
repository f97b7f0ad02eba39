package io.orderflow.e2e.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.e2e.shop.OwnProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The Job of {@code docs/examples/set-back.yaml}, run here: its own script, with Kafka's own tool, a service's
 * certificate and a service's rights. Only where things are is another place.
 */
final class SetBackJob {

    private static final Path EXAMPLE =
            Path.of("").toAbsolutePath().getParent().getParent().resolve("docs/examples/set-back.yaml");
    private static final String TOOL = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    private static final DateTimeFormatter AS_WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path home;
    private final String brokers;
    private final Path certificates;

    /**
     * @param home where the container's programs and its temporary files are
     * @param brokers the address that asks for certificates
     * @param certificates a folder for each role
     */
    SetBackJob(Path home, String brokers, Path certificates) throws IOException {
        this.home = home;
        this.brokers = brokers;
        this.certificates = certificates;
        var tool = Files.createDirectories(home.resolve("bin")).resolve("kafka-consumer-groups.sh");
        Files.writeString(tool, """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin/java"), OwnProcess.classPath(), TOOL));
        tool.toFile().setExecutable(true);
    }

    /** @param status with which the container ends: with 0 the Job is complete */
    record Ended(int status, String printed) {}

    /** Sets a role's group back. */
    Ended run(Role role, Instant time) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-ec", script(role, time))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), printed);
    }

    @SuppressWarnings("unchecked")
    private String script(Role role, Instant time) throws IOException {
        Map<String, Object> job = new Yaml().load(Files.readString(EXAMPLE));
        var pod = (Map<String, Object>)
                ((Map<String, Object>) ((Map<String, Object>) job.get("spec")).get("template")).get("spec");
        var container = ((List<Map<String, Object>>) pod.get("containers")).getFirst();
        assertThat(container.get("command")).isEqualTo(List.of("bash", "-ec"));
        var script = ((List<String>) container.get("args")).getFirst();
        // First whose name stands in a path, then the paths.
        for (var place : List.of(
                Map.entry("payments", role.name()),
                Map.entry("2026-11-29T10:00:00.000Z", AS_WRITTEN.format(time)),
                Map.entry("orderflow-kafka-bootstrap:9093", brokers),
                Map.entry("/tmp/", home + "/"),
                Map.entry("/etc/cluster/", certificates.resolve(role.name()) + "/"),
                Map.entry("/etc/" + role + "/", certificates.resolve(role.name()) + "/"))) {
            assertThat(script).contains(place.getKey());
            script = script.replace(place.getKey(), place.getValue());
        }
        return script;
    }
}
