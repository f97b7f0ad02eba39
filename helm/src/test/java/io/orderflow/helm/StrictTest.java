package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A cluster would take every resource as it is meant, and a slip in a template is found with its file and path. */
class StrictTest {

    @ParameterizedTest
    @EnumSource
    void aClusterWouldTakeEveryResourceAsItIsMeant(Installation installation) {
        assertThat(Rules.mistakes(installation.manifests())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noTwoResourcesHaveOneName(Installation installation) {
        Set<String> names = new HashSet<>();
        assertThat(installation.manifests().all())
                .allMatch(one -> names.add(one.kind() + " " + one.name()))
                .allMatch(one -> one.at("/metadata/namespace").asText().equals(Chart.NAMESPACE))
                .allMatch(one -> one.name().matches("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?"));
    }

    @Test
    void theInstallationsCoverEveryTemplate() throws Exception {
        var rendered = Arrays.stream(Installation.values())
                .flatMap(installation -> installation.manifests().all().stream())
                .map(one -> one.template().replace("orderflow/", ""))
                .collect(Collectors.toSet());
        try (var templates = Files.list(Chart.SOURCE.resolve("templates"))) {
            assertThat(templates
                            .map(template -> "templates/" + template.getFileName())
                            .filter(template -> template.endsWith(".yaml")))
                    .isSubsetOf(rendered);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "templates/deployments.yaml,        readinessProbe:,             readinesProbe:,               spec.template.spec.containers[0].readinesProbe: unknown",
        "templates/deployments.yaml,        maxSurge: 1,                 maxSurge: true,               spec.strategy.rollingUpdate.maxSurge: true",
        "templates/deployments.yaml,        periodSeconds: 5,            periodSeconds: \"5\",         spec.template.spec.containers[0].readinessProbe.periodSeconds: \"5\"",
        "templates/deployments.yaml,        selector:,                   selecter:,                    spec.selector: missing",
        "templates/postgresql.yaml,         sizeLimit: 16Mi,             sizeLimit: 16MB,              spec.template.spec.volumes[2].emptyDir.sizeLimit: \"16MB\"",
        "templates/services.yaml,           targetPort: ops,             targetport: ops,              spec.ports[1].targetport: unknown",
        "templates/migrations.yaml,         backoffLimit:,               backOffLimit:,                spec.backOffLimit: unknown",
        "templates/autoscalers.yaml,        minReplicas:,                minReplica:,                  spec.minReplica: unknown",
        "templates/disruption-budgets.yaml, policy/v1,                   policy/v1beta1,               'apiVersion, kind: policy/v1beta1'",
        "templates/network-policies.yaml,   podSelector:,                podSelectors:,                podSelectors: unknown",
        "templates/http-route.yaml,         backendRefs:,                backendRef:,                  backendRef",
        "templates/autoscalers.yaml,        '- type: ContainerResource', '- kind: ContainerResource', spec.metrics[0].kind: unknown",
        "templates/kafka.yaml,              'set $spec \"partitions\"',  'set $spec \"partitons\"',    partitons",
        "templates/_config.tpl,             '- secret:',                 '- secrets:',                 sources[0].secrets: unknown",
        "templates/_helpers.tpl,            readOnlyRootFilesystem,      readOnlyRootFileSystem,       securityContext.readOnlyRootFileSystem: unknown",
        "templates/_helpers.tpl,            runAsNonRoot: true,          runAsNonRoot: \"true\",       securityContext.runAsNonRoot: \"true\"",
        "files/strimzi/kafkauser-orders.yaml, - \"Write\",               - \"Wirte\",                  enumeration",
        "templates/monitoring.yaml,         podMetricsEndpoints:,        podMetricsEndpoint:,          podMetricsEndpoint",
        "templates/monitoring.yaml,         path: /observe/metrics,      paths: /observe/metrics,      paths",
        "templates/monitoring.yaml,         matchExpressions:,           matchExpression:,             matchExpression",
        "templates/monitoring.yaml,         monitoring.coreos.com/v1,    monitoring.coreos.com/v2,     apiVersion",
        "templates/monitoring.yaml,         'interval: {{',              'interval: 30 # {{',          interval",
        "files/rules/orders.yaml,           'for: 5m',                   'four: 5m',                   four",
        "files/rules/orders.yaml,           'for: 5m',                   'for: 5 minutes',             for",
        "files/rules/orders.yaml,           'summary:',                  'sumary:',                    sumary",
        "files/rules/orders.yaml,           '- alert: OrderflowOrdersStuck', '- alerts: OrderflowOrdersStuck', alerts",
    })
    void aSlipIsFoundWithItsFileAndPath(String file, String right, String wrong, String path) {
        var chart = Chart.copy().with(file, right, wrong);
        var mistakes = Rules.mistakes(Installation.valueOf(file.contains("postgresql") ? "SMALL" : "PRODUCTION")
                .renderedBy(chart));

        assertThat(String.join("\n", mistakes)).contains(path);
        if (!file.startsWith("templates/_") && file.startsWith("templates")) {
            assertThat(mistakes).allMatch(mistake -> mistake.startsWith("orderflow/" + file + ": "));
        }
    }

    /** So that a kind which nobody checks does not slip in. */
    @ParameterizedTest
    @EnumSource
    void everyKindIsChecked(Installation installation) {
        assertThat(installation.manifests().all().stream()
                        .filter(one -> !Strict.knows(one.content()))
                        .filter(one -> !one.at("/apiVersion").asText().equals("kafka.strimzi.io/v1"))
                        .map(Manifests.Manifest::kind)
                        .filter(kind -> !Rules.OTHERS.containsKey(kind)))
                .isEmpty();
    }
}
