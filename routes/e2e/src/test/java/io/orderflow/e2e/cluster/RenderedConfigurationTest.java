package io.orderflow.e2e.cluster;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.http.ops.OpsPort;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/**
 * The chart and the app mean the same: every role starts with the arguments, files, logins and certificates that the
 * chart renders for it; only where broker, database and mail server are is said anew, and ports are free ones.
 */
class RenderedConfigurationTest {

    /** What the Java machine reads; anything else would be a setting, and those come as files. */
    private static final Set<String> VARIABLES = Set.of("JAVA_TOOL_OPTIONS");

    /** What console adds to the small rendering, and nothing of what is there without it. */
    private static final String WITH_CONSOLE = "small-with-console";

    @TempDir
    private static Path folder;

    private static StandInCluster cluster;

    @BeforeAll
    static void open() throws Exception {
        cluster = new StandInCluster(folder);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", WITH_CONSOLE, "production"})
    void everyArgumentVariableAndSettingIsKnown(String rendering) throws IOException {
        var known = settingsOfLibraries();
        var unknown = new TreeSet<String>();
        pods(rendering).forEach(pod -> {
            pod.environment().keySet().stream()
                    .filter(name -> !VARIABLES.contains(name))
                    .forEach(name -> unknown.add(pod.role() + ": " + name));
            settings(pod).keySet().stream()
                    // The app itself refuses unknown ones of ours, as the start below shows.
                    .filter(name -> !name.startsWith("orderflow."))
                    .filter(name -> !known.contains(name.replaceAll("\\[\\d+]", "")))
                    .forEach(name -> unknown.add(pod.role() + ": " + name));
        });
        assertThat(unknown).isEmpty();
        assertThat(known).doesNotContain("spring.datasource.pasword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", WITH_CONSOLE, "production"})
    void portsAreTheOnesOfTheSettings(String rendering) {
        for (var pod : RenderedPod.services(rendering).values()) {
            var settings = settings(pod);
            assertThat(pod.ports()).containsKeys("ops", "management");
            pod.ports().forEach((name, port) -> assertThat(settings.get(setting(name)))
                    .as(pod.role() + " " + name)
                    .hasToString(port.toString()));
            assertThat(pod.probes().values()).hasSize(3).allSatisfy(probe -> assertThat(probe.port())
                    .isEqualTo("management"));
        }
    }

    private static String setting(String port) {
        return switch (port) {
            case "http" -> "server.port";
            case "ops" -> "orderflow.ops.port";
            case "management" -> "management.server.port";
            default -> throw new AssertionError(port + ": unknown (expected: http, ops or management)");
        };
    }

    /** An operator sets them as values, and needs to know no other names. */
    @ParameterizedTest
    @CsvSource({"http, io.orderflow.http.edge.HttpSettings", "identity, io.orderflow.http.identity.IdentitySettings"})
    void everySettingOfTheEdgeHasAValue(String group, String record) throws ClassNotFoundException {
        var given = settings(RenderedPod.services("production").get("orders"));
        assertThat(Class.forName(record).getRecordComponents())
                .extracting(one -> "orderflow." + group + "."
                        + one.getName().replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT))
                .filteredOn(name -> !name.equals("orderflow.identity.insecure-trust-everyone"))
                .allSatisfy(name -> assertThat(given.keySet())
                        .anyMatch(one -> one.replaceAll("\\[\\d+]", "").equals(name)));
    }

    @Test
    void theJavaMachineTakesItsOptions() throws Exception {
        var options = pods("production")
                .map(pod -> pod.environment().get("JAVA_TOOL_OPTIONS"))
                .distinct()
                .toList();
        for (var option : options) {
            var java = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version");
            java.environment().put("JAVA_TOOL_OPTIONS", option);
            var process = java.redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains(option);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void everyRoleStartsAsTheChartSaysAndItsProbesAnswer(String rendering) throws Exception {
        var site = cluster.site();
        for (var pod : all(rendering, RenderedPod::migrations)) {
            assertThat(pod.arguments()).contains("--migrate");
            Orderflow.migrate(arguments(pod, site, pod.role() + "_migrator"));
        }
        Map<String, ConfigurableApplicationContext> running = new LinkedHashMap<>();
        try (var shop = new Shop(site)) {
            for (var pod : all(rendering, RenderedPod::services)) {
                running.put(pod.role(), Orderflow.start(arguments(pod, site, pod.role())));
                var management = new Client(address(running.get(pod.role()), "local.management.port"));
                for (var probe : pod.probes().values()) {
                    await().atMost(Shop.PATIENCE)
                            .until(() -> management.get(probe.path()).status() == 200);
                }
            }
            shop.customersUse(new Client(address(running.get("orders"), "local.server.port")));
            if (rendering.equals("small")) {
                var order = takesAnOrder(shop);
                if (running.containsKey("console")) {
                    tellsOf(order, running.get("console"));
                }
            } else {
                assertThat(shop.http().get("/orders").status()).isEqualTo(401);
            }
        } finally {
            // Each drains for as long as the chart says.
            try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
                running.values().forEach(instance -> together.submit(instance::close));
            }
            site.mailbox().close();
        }
    }

    /** Of the small rendering console's, too. */
    private static List<RenderedPod> all(String rendering, Function<String, Map<String, RenderedPod>> pods) {
        return Stream.of(rendering, WITH_CONSOLE)
                .filter(one -> one.startsWith(rendering))
                .flatMap(one -> pods.apply(one).values().stream())
                .toList();
    }

    private static UUID takesAnOrder(Shop shop) {
        var mug = shop.stocks(5);
        var form = anOrder().of(2, mug);
        var order = shop.places(form);
        shop.eventually(order).isConfirmed().isSettled().hasMoved(2 * PRICE).hasMails(form, "confirmed");
        return order;
    }

    /** With its own login, certificate and rights. */
    private static void tellsOf(UUID order, ConfigurableApplicationContext console) {
        var ops = new Client(
                URI.create("http://localhost:" + console.getBean(OpsPort.class).number()));
        await().atMost(Shop.PATIENCE).untilAsserted(() -> assertThat(
                        ops.get("/ops/orders/" + order + "/story").text("state"))
                .isEqualTo("CONFIRMED"));
    }

    private static Stream<RenderedPod> pods(String rendering) {
        return Stream.of(RenderedPod.services(rendering), RenderedPod.migrations(rendering))
                .flatMap(pods -> pods.values().stream());
    }

    private static URI address(ConfigurableApplicationContext context, String port) {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty(port));
    }

    /** The pod's own command line; after it, what is different here. */
    private static String[] arguments(RenderedPod pod, Site site, String login) {
        var etc = cluster.etc(site, login).toString();
        cluster.etc(pod, site, login, etc);
        return cluster.commandLine(
                        pod,
                        site,
                        etc,
                        "--server.port=0",
                        "--management.server.port=0",
                        "--orderflow.ops.port=0",
                        "--spring.datasource.hikari.maximum-pool-size=8",
                        "--spring.datasource.hikari.minimum-idle=1",
                        "--spring.jmx.enabled=false",
                        "--camel.main.jmx-enabled=false")
                .toArray(String[]::new);
    }

    /** What a pod sets, by name: its arguments and its application.yaml. */
    private static Map<String, Object> settings(RenderedPod pod) {
        Map<String, Object> settings = new TreeMap<>();
        pod.files().forEach((path, content) -> {
            if (path.endsWith("/application.yaml")) {
                var yaml = new YamlPropertiesFactoryBean();
                yaml.setResources(new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)));
                yaml.getObject().forEach((name, value) -> settings.put(name.toString(), value));
            }
        });
        pod.arguments().stream()
                .filter(argument -> !argument.equals("--migrate") && !argument.startsWith("--roles="))
                .map(argument -> argument.substring(2).split("=", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        return settings;
    }

    /** The settings that the libraries in the app describe. */
    private static Set<String> settingsOfLibraries() throws IOException {
        Set<String> names = new TreeSet<>();
        for (var file : List.of(
                "META-INF/spring-configuration-metadata.json",
                "META-INF/additional-spring-configuration-metadata.json")) {
            var all = Collections.list(
                    RenderedConfigurationTest.class.getClassLoader().getResources(file));
            for (var metadata : all) {
                try (var content = metadata.openStream()) {
                    new ObjectMapper()
                            .readTree(content)
                            .path("properties")
                            .forEach(property -> names.add(property.path("name").asText()));
                }
            }
        }
        return names;
    }
}
