package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Prometheus finds the services' figures, and whoever is called finds the page that helps. */
class MonitoringTest {

    private static final Manifests ALL = Installation.EVERYTHING.manifests();

    @Test
    void figuresAreFetchedFromEveryServiceAndFromNothingElse() {
        var monitor = ALL.one("PodMonitor", "everything");
        var component = monitor.at("/spec/selector/matchExpressions/0");
        var monitored = new TreeSet<String>();
        for (var pod : (Iterable<Pods.Pod>) Pods.in(ALL)::iterator) {
            if (Pods.selects(monitor.at("/spec/selector/matchLabels"), pod.labels())
                    && each(component.path("values"))
                            .anyMatch(value -> value.asText().equals(pod.component()))) {
                monitored.add(pod.component());
                each(monitor.at("/spec/podMetricsEndpoints"))
                        .forEach(endpoint -> assertThat(Pods.port(pod, endpoint.path("port")))
                                .isEqualTo(9876));
            }
        }
        assertThat(monitored).isEqualTo(new TreeSet<>(Roles.DECLARED.names()));
        assertThat(monitor.at("/spec/podMetricsEndpoints/0/path").asText()).isEqualTo("/observe/metrics");
    }

    @Test
    void everyAlarmLeadsToItsPage() {
        var rules = ALL.of("PrometheusRule")
                .flatMap(one -> each(one.at("/spec/groups")))
                .flatMap(group -> each(group.path("rules")))
                .toList();
        assertThat(rules).hasSizeGreaterThan(15).allSatisfy(rule -> {
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("https://wiki.example.com/runbooks/"
                            + rule.path("alert").asText() + ".md");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
        });
        assertThat(ALL.of("PrometheusRule", "PodMonitor"))
                .allMatch(one -> one.at("/metadata/labels/release").asText().equals("prometheus"));
    }

    @Test
    void theDashboardIsFoundAndLeadsToThePages() throws IOException {
        var map = ALL.one("ConfigMap", "everything-dashboard");
        assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
        var dashboard =
                new ObjectMapper().readTree(map.at("/data/orderflow.json").asText());
        assertThat(dashboard.path("uid").asText()).isEqualTo("orderflow");
        assertThat(each(dashboard.at("/templating/list"))
                        .filter(variable -> variable.path("name").asText().equals("runbooks"))
                        .map(variable -> variable.path("query").asText()))
                .containsExactly("https://wiki.example.com/runbooks");
    }

    @Test
    void nothingOfItIsThereUnlessItIsAskedFor() {
        assertThat(Installation.DEFAULT.manifests().of("PodMonitor", "PrometheusRule"))
                .isEmpty();
    }

    /**
     * Each alarm is silent where nothing is wrong, and speaks of what is: Prometheus' own tool knows, where it is at
     * hand.
     */
    @Test
    void theAlarmsSpeakWhenTheyShould() throws Exception {
        assumeTrue(isThere("promtool"), "SKIPPED: promtool is not on the path; the alarms are not tried");
        try (var files = Files.list(Path.of("orderflow/files/rules"))) {
            for (var file : files.toList()) {
                assertSucceeds("promtool", "check", "rules", file.toString());
            }
        }
        assertSucceeds("promtool", "test", "rules", "src/test/rules/alerts.yaml");
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void assertSucceeds(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
