package io.orderflow.e2e.cluster;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Image;
import io.orderflow.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image ({@code make image-test}) in containers under the restricted profile, with what the chart renders for a
 * small installation: the migrations run, every role gets ready, orders reach their ends, and a SIGTERM ends each in
 * good order. It needs runc and root, and says so where they are not.
 */
@Tag("image")
class ImageTest {

    private static final int MEMORY_MEBIBYTES = 512;

    /** Where the image has what its JVM knows of its classes. */
    private static final String CACHE = "/app/app.aot";

    @TempDir
    private static Path folder;

    private static StandInCluster cluster;
    private static Image image;

    @BeforeAll
    static void unpack() throws Exception {
        if (!Container.isPossible()) {
            System.out.println("SKIPPED: the image was not run in containers (expected: runc, and root)");
        }
        assumeTrue(Container.isPossible(), "no runc");
        image = Image.unpack(Path.of(System.getProperty("image.archive")), folder.resolve("image"));
        cluster = new StandInCluster(Files.createDirectories(folder.resolve("cluster")));
    }

    @AfterAll
    static void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** A role's container, and where it listens. */
    private record Running(Container container, Client http, Client management) implements AutoCloseable {

        @Override
        public void close() {
            container.close();
        }
    }

    @Test
    void everyRoleWorksUnderTheRestrictedProfileAndEndsInGoodOrder() {
        var site = cluster.site();
        migrates(site);
        Map<String, Running> running = new LinkedHashMap<>();
        try (var shop = new Shop(site)) {
            RenderedPod.services("small").values().forEach(pod -> running.put(pod.role(), start(pod, site)));
            running.forEach((role, one) -> awaitReady(role, one));
            running.values().forEach(one -> isRestricted(one.container()));
            running.values().forEach(one -> assertThat(one.container().kernelSays("maps"))
                    .as("what it has of its classes")
                    .contains(CACHE));

            shop.customersUse(running.get("orders").http());
            var mug = shop.stocks(1000);
            var forms = Shop.orders(300, mug);
            var orders = shop.placesAll(forms);
            shop.settles(orders);
            shop.eventually(shop.places(anOrder().of(1, mug))).isConfirmed();

            running.forEach((role, one) -> System.out.println(role + ": " + memory(one.container())));
            running.forEach((role, one) -> {
                one.container().terminate();
                assertThat(one.container().awaitExit())
                        .as(role + one.container().log())
                        .isZero();
                assertThat(one.container().log().split("Started Orderflow")[1])
                        .doesNotContain(" ERROR ")
                        .doesNotContain("Read-only file system");
            });
        } finally {
            running.values().forEach(Running::close);
            site.mailbox().close();
        }
    }

    /** How long a role takes to be ready with the cache that is in the image, and without it. */
    @Test
    void theCacheOfLoadedClassesInItShortensTheStart() throws IOException {
        var site = cluster.site();
        migrates(site);
        var pod = RenderedPod.services("small").get("orders");
        List<Duration> without = new ArrayList<>();
        List<Duration> with = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            without.add(timeToReady(pod, site, List.of("-XX:AOTMode=off")));
            with.add(timeToReady(pod, site, List.of()));
        }
        System.out.printf(
                "ready after, median of 5: %d ms without, %d ms with a cache of %d MiB%n",
                median(without), median(with), Files.size(image.file(CACHE)) >> 20);
        assertThat(median(with)).isLessThan(median(without));
        site.mailbox().close();
    }

    private static long median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2).toMillis();
    }

    private static Duration timeToReady(RenderedPod pod, Site site, List<String> options) {
        var begin = System.nanoTime();
        try (var one = start(pod, site, options)) {
            awaitReady(pod.role(), one);
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    private static void migrates(Site site) {
        for (var pod : RenderedPod.migrations("small").values()) {
            var command = Stream.of(
                            image.entrypoint().stream(), cluster.commandLine(pod, site, StandInCluster.ETC).stream())
                    .flatMap(one -> one)
                    .toList();
            try (var migration = container(pod, site, pod.role() + "_migrator", command)) {
                assertThat(migration.awaitExit()).as(migration.log()).isZero();
            }
        }
    }

    private static Running start(RenderedPod pod, Site site) {
        return start(pod, site, List.of());
    }

    private static Running start(RenderedPod pod, Site site, List<String> options) {
        int http = Ports.free();
        int management = Ports.free();
        var entrypoint = image.entrypoint();
        var command = Stream.of(
                        entrypoint.stream().limit(entrypoint.indexOf("-cp")),
                        options.stream(),
                        entrypoint.stream().skip(entrypoint.indexOf("-cp")),
                        // The containers share this machine's network.
                        cluster
                                .commandLine(
                                        pod,
                                        site,
                                        StandInCluster.ETC,
                                        "--server.port=" + http,
                                        "--management.server.port=" + management,
                                        "--orderflow.ops.port=0")
                                .stream())
                .flatMap(one -> one)
                .toList();
        return new Running(
                container(pod, site, pod.role(), command),
                new Client(URI.create("http://localhost:" + http)),
                new Client(URI.create("http://localhost:" + management)));
    }

    private static Container container(RenderedPod pod, Site site, String login, List<String> command) {
        var etc = new Container.Mount(cluster.etc(pod, site, login, StandInCluster.ETC), StandInCluster.ETC, false);
        return new Container(image, command, pod.environment(), List.of(etc), MEMORY_MEBIBYTES);
    }

    private static void awaitReady(String role, Running one) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Shop.PATIENCE.multipliedBy(4))
                .ignoreExceptions()
                .until(() -> {
                    if (!one.container().isAlive()) {
                        throw new AssertionError(
                                role + " has ended: " + one.container().log());
                    }
                    return one.management().get("/observe/health/readiness").status() == 200;
                });
    }

    private static void isRestricted(Container container) {
        assertThat(container.kernelSays("status"))
                .containsPattern("Uid:\\s+65532\\s+65532")
                .containsPattern("CapEff:\\s+0000000000000000")
                .containsPattern("CapBnd:\\s+0000000000000000")
                .containsPattern("NoNewPrivs:\\s+1");
        assertThat(container.kernelSays("mountinfo").lines().filter(line -> line.split(" ")[4].equals("/")))
                .singleElement()
                .asString()
                .contains(" ro,");
    }

    /** The most that it has used, by the kernel. */
    private static String memory(Container container) {
        return container
                .kernelSays("status")
                .lines()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElseThrow();
    }
}
