package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.helm.Pods.Pod;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An installation's own volumes are in services and migrations alike, take nothing of ours, and stay in the pod. */
class VolumesTest {

    private static final String REFUSED = """
            DEFAULT | {pods: {extraVolumes: [{name: tmp, emptyDir: {}}]}}           | pods.extraVolumes[0].name: tmp (expected: a to z, 0 to 9 and -, none of config
            DEFAULT | {pods: {extraVolumes: [{name: Vault, emptyDir: {}}]}}         | pods.extraVolumes[0].name: Vault (expected: a to z, 0 to 9 and -, none of
            DEFAULT | {pods: {extraVolumes: [{name: a, emptyDir: {}}]}, roles: {orders: {extraVolumes: [{name: a, emptyDir: {}}]}}} | roles.orders.extraVolumes[0].name: a (expected: a to z
            DEFAULT | {pods: {extraVolumes: [{name: a, hostPath: {path: /}}]}}      | pods.extraVolumes[0]: hostPath (expected: one of configMap, csi
            DEFAULT | {pods: {extraVolumes: [{name: a}]}}                           | pods.extraVolumes[0]: nothing (expected: one of
            DEFAULT | {pods: {extraVolumes: [{name: a, csi: {}, secret: {}}]}}      | pods.extraVolumes[0]: csi, secret (expected: one of
            DEFAULT | {pods: {extraVolumes: [{emptyDir: {}}]}}                      | /pods/extraVolumes/0
            DEFAULT | {pods: {extraVolumeMounts: [{name: secrets, mountPath: /s}]}} | pods.extraVolumeMounts[0].name: secrets (expected: one of pods.extraVolumes)
            DEFAULT | {roles: {orders: {extraVolumeMounts: [{name: a, mountPath: /s}]}}} | roles.orders.extraVolumeMounts[0].name: a (expected: one of
            DEFAULT | {pods: {extraVolumeMounts: [{name: a, mountpath: /s}]}}       | /pods/extraVolumeMounts/0
            """;

    @ParameterizedTest
    @MethodSource
    void itIsRefused(Installation installation, String values, String message) {
        assertThatThrownBy(() -> installation.with(values)).hasMessageContaining(message);
    }

    static Stream<Arguments> itIsRefused() {
        return Refusals.in(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmp",
                "/tmp/",
                "/tmp/mine",
                "/etc/orderflow",
                "/etc/orderflow/own/key",
                "/etc",
                "/",
                "/app",
                "/app/../tmp",
                "//app//libs",
                "vault",
                ""
            })
    void aPathOfOursIsRefused(String path) {
        assertThatThrownBy(() -> Installation.DEFAULT.with(mounted("vault", path)))
                .hasMessageContaining("pods.extraVolumeMounts[0].mountPath: " + path + " (expected: an absolute path, "
                        + "neither above nor below /app, /etc/orderflow, /tmp, and each once)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/orderflow-2", "/mnt/tmp", "/application", "/etc/ssl/own"})
    void aPathBesideOursIsTaken(String path) {
        assertThat(Rules.mistakes(Installation.DEFAULT.with(mounted("vault", path))))
                .isEmpty();
    }

    @Test
    void noPathIsTakenTwice() {
        assertThatThrownBy(() -> Installation.DEFAULT.with("""
                        {pods: {extraVolumes: [{name: a, emptyDir: {}}], extraVolumeMounts: [{name: a, mountPath: /a}]},
                         roles: {orders: {extraVolumeMounts: [{name: a, mountPath: /a/}]}}}"""))
                .hasMessageContaining("roles.orders.extraVolumeMounts[0].mountPath: /a/ (expected: an absolute path");
    }

    private static String mounted(String name, String path) {
        return "{pods: {extraVolumes: [{name: %1$s, emptyDir: {}}], extraVolumeMounts: [{name: %1$s, mountPath: '%2$s'}]}}"
                .formatted(name, path);
    }

    /** As many as there come to be. */
    @Test
    void everyNameAndPathOfOursIsRefused() {
        var pods = Arrays.stream(Installation.values())
                .filter(installation -> installation != Installation.EVERYTHING)
                .flatMap(installation -> services(installation.manifests()))
                .toList();
        assertThat(volumes(pods)).hasSizeGreaterThan(5).allSatisfy(name -> assertThatThrownBy(
                        () -> Installation.DEFAULT.with(mounted(name, "/mnt/vault")))
                .hasMessageContaining("pods.extraVolumes[0].name: " + name));
        assertThat(paths(pods)).hasSizeGreaterThan(5).allSatisfy(path -> assertThatThrownBy(
                        () -> Installation.DEFAULT.with(mounted("vault", path)))
                .hasMessageContaining("pods.extraVolumeMounts[0].mountPath: " + path));
    }

    /** Services and their migrations. */
    private static Stream<Pod> services(Manifests manifests) {
        return Pods.in(manifests)
                .filter(pod -> Roles.DECLARED.names().contains(pod.component().replace("migrate-", "")));
    }

    private static Set<String> volumes(List<Pod> pods) {
        return pods.stream()
                .flatMap(pod -> each(pod.spec().path("volumes")))
                .map(volume -> volume.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> paths(List<Pod> pods) {
        return pods.stream()
                .flatMap(Pod::containers)
                .flatMap(container -> each(container.path("volumeMounts")))
                .map(mount -> mount.path("mountPath").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void servicesAndMigrationsHaveThemAlike() {
        var pods = services(Installation.EVERYTHING.manifests()).toList();
        assertThat(pods).hasSize(2 * Roles.DECLARED.all().size()).allSatisfy(pod -> {
            boolean isOfOrders = pod.component().endsWith("orders");
            assertThat(volumes(List.of(pod)).contains("vault")).isEqualTo(isOfOrders);
            assertThat(paths(List.of(pod)).contains("/mnt/vault")).isEqualTo(isOfOrders);
            assertThat(volumes(List.of(pod))).contains("agent");
            assertThat(paths(List.of(pod))).contains("/mnt/agent");
        });
    }

    @Test
    void everyCheckIsTried() throws IOException {
        Refusals.areAllIn("_checks_volumes.tpl", REFUSED + "(expected: an absolute path, neither above nor below ");
    }
}
