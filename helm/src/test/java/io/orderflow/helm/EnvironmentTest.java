package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.helm.Pods.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all services are told reaches every pod that runs their image, once, and what one is told goes before it. */
class EnvironmentTest {

    /** Those that have the services' image. */
    private static Stream<Pod> ours(Manifests manifests) {
        return Pods.in(manifests)
                .filter(pod -> pod.spec().at("/containers/0/image").asText().startsWith("orderflow"));
    }

    private static List<String> variables(Pod pod) {
        return each(pod.spec().at("/containers/0/env"))
                .map(variable -> variable.path("name").asText() + "="
                        + variable.path("value").asText())
                .toList();
    }

    @Test
    void everyPodOfOursHasTheVariablesOfAll() {
        var pods = ours(Installation.SMALL.with("{pods: {extraEnv: [{name: TZ, value: UTC}]}}"))
                .toList();
        assertThat(pods).hasSize(2 * Roles.BY_DEFAULT.all().size() + 1).allSatisfy(pod -> assertThat(variables(pod))
                .contains("TZ=UTC"));
    }

    @Test
    void theNarrowerVariableIsTheOneThatIsSet() {
        var manifests = Installation.SMALL.with("""
                {pods: {extraEnv: [{name: TZ, value: UTC}, {name: OPTS, value: -a}]},
                 roles: {orders: {extraEnv: [{name: TZ, value: Europe/Berlin}, {name: JAVA_TOOL_OPTIONS, value: $(OPTS) -b}]}}}""");
        assertThat(ours(manifests)).allSatisfy(pod -> {
            if (pod.component().equals("orders")) {
                assertThat(variables(pod))
                        .as("who is referred to stays before, who refers comes last")
                        .containsExactly("TZ=Europe/Berlin", "OPTS=-a", "JAVA_TOOL_OPTIONS=$(OPTS) -b");
            } else {
                assertThat(variables(pod))
                        .containsExactly(
                                pod.component().equals("test")
                                        ? "JAVA_TOOL_OPTIONS="
                                        : "JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError",
                                "TZ=UTC",
                                "OPTS=-a");
            }
        });
    }

    @Test
    void theOptionsOfTheJavaMachineCanBeAVariableOfAll() {
        assertThat(ours(Installation.SMALL.with("{pods: {extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xmx1g}]}}")))
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(variables(pod))
                        .as("the test has no agent's volume and little memory")
                        .containsExactly("JAVA_TOOL_OPTIONS=" + (pod.component().equals("test") ? "" : "-Xmx1g")));
    }

    @ParameterizedTest
    @EnumSource
    void noVariableIsTwiceInAContainer(Installation installation) {
        assertThat(Pods.in(installation.manifests()).flatMap(Pod::containers)).allSatisfy(container -> {
            List<String> names = new ArrayList<>();
            each(container.path("env"))
                    .forEach(one -> names.add(one.path("name").asText()));
            assertThat(names).doesNotHaveDuplicates();
        });
    }

    /** A file for services, which refuse what they do not know; a variable for Jobs. The test prints for one's eyes. */
    @Test
    void everyServiceAndEveryMigrationHasTheSettingsOfAll() {
        var manifests =
                Installation.SMALL.with("{pods: {settings: {logging: {structured: {format: {console: ecs}}}}}}");
        var told =
                ours(manifests).filter(pod -> !pod.component().equals("test")).toList();
        assertThat(told).hasSizeGreaterThan(7).allSatisfy(pod -> {
            var settings = Roles.BY_DEFAULT.names().contains(pod.component())
                    ? manifests
                            .one("ConfigMap", "shop-orderflow-" + pod.component())
                            .at("/data/application.yaml")
                            .asText()
                    : variables(pod).toString();
            assertThat(settings.replaceAll("\\s", ""))
                    .containsAnyOf(
                            "logging:structured:format:console:ecs",
                            "SPRING_APPLICATION_JSON={\"logging\":{\"structured\":{\"format\":{\"console\":\"ecs\"}}}}");
        });
    }

    /** A Job cannot be changed. */
    @Test
    void anotherSettingOfAllIsAnotherJob() {
        assertThat(jobs("{pods: {settings: {logging: {level: {root: debug}}}}}"))
                .doesNotContainAnyElementsOf(jobs("{}"));
        assertThat(jobs("{pods: {extraEnv: [{name: TZ, value: UTC}]}}")).doesNotContainAnyElementsOf(jobs("{}"));
        assertThat(jobs("{roles: {orders: {extraEnv: [{name: TZ, value: UTC}]}}}"))
                .isEqualTo(jobs("{}"));
    }

    private static List<String> jobs(String values) {
        return Installation.SMALL
                .with(values)
                .of("Job")
                .map(Manifests.Manifest::name)
                .toList();
    }
}
