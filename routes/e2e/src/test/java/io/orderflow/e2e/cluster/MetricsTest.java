package io.orderflow.e2e.cluster;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever is called at night finds what the documents, the alerts and the dashboard speak of. */
class MetricsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path RULES = ROOT.resolve("helm/orderflow/files/rules");
    private static final Path DASHBOARDS = ROOT.resolve("helm/orderflow/files/dashboards");
    private static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");

    private static final Pattern OURS = Pattern.compile(
            "(orders|saga|outbox|inbox|parked|consumer|kafka_consumer|work|payments|notifications|orderflow_http|figures|relay|clock|inventory|trust)_.*");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|([^|]*)\\| (\\w+) \\|");

    /** What Prometheus adds to each series, by the PodMonitor. */
    private static final Set<String> TARGET = Set.of("namespace", "pod", "le");

    private static Exposed exposed;

    @BeforeAll
    static void lookAtAShopThatHasSeenSomething() throws Exception {
        var shop = Shop.withEveryRole();
        var order = shop.places(anOrder().of(1, shop.stocks(1)));
        shop.eventually(order).isConfirmed().isSettled();
        for (var nonsense : List.of("/nowhere", "/orders/17", "/no/where?x=y", "/products/none/at/all")) {
            shop.http().get(nonsense);
        }
        await().atMost(Shop.PATIENCE).until(() -> Exposed.by(shop.instance())
                .types()
                .keySet()
                .containsAll(Set.of("kafka_consumer_lag", "work_pending", "parked_events")));
        exposed = Exposed.by(shop.instance());
    }

    @Test
    void theTableOfFiguresIsWhatTheAppShows() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(ROOT.resolve("docs/metrics.md")))
                .results()
                .forEach(row -> documented.put(
                        row.group(1),
                        row.group(3) + " " + new TreeSet<>(words(row.group(2).replace("`", "")))));

        Map<String, String> shown = new TreeMap<>();
        exposed.types().forEach((family, type) -> {
            if (OURS.matcher(family).matches() && !family.endsWith("_max")) {
                shown.put(family, type + " " + new TreeSet<>(exposed.labelsOf(family)));
            }
        });

        assertThat(documented).isEqualTo(shown);
    }

    @Test
    void noLabelGrowsWithUse() {
        assertThat(exposed.labels()).allSatisfy((series, labels) -> assertThat(labels.values())
                .as(series)
                .allSatisfy(values -> assertThat(values).hasSizeLessThan(100).noneMatch(MetricsTest::isAnId)));
        assertThat(exposed.labels().get("http_server_requests_seconds_count").get("uri"))
                .noneMatch(uri -> uri.contains("17") || uri.contains("where") || uri.contains("none"));
        assertThat(exposed.labels().get("orders_end_to_end_seconds_bucket").get("le"))
                .hasSizeLessThan(20);
        assertThat(exposed.labels().get("http_server_requests_seconds_bucket").get("le"))
                .hasSizeLessThan(12);
    }

    private static boolean isAnId(String value) {
        return value.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*");
    }

    @Test
    void everyAlertAsksForWhatIsThere() throws IOException {
        alerts().forEach(
                        (alert, rule) -> assertAnswered(alert, rule.path("expr").asText()));
    }

    @Test
    void everyAlertHasItsPageAndEveryPageItsAlert() throws IOException {
        try (var files = Files.list(RUNBOOKS)) {
            var pages = files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(page -> !page.equals("README"))
                    .collect(toCollection(TreeSet::new));
            assertThat(pages).isEqualTo(new TreeSet<>(alerts().keySet()));
        }
        var list = Files.readString(RUNBOOKS.resolve("README.md"));
        for (var alert : alerts().entrySet()) {
            var severity = alert.getValue().at("/labels/severity").asText();
            assertThat(severity).as(alert.getKey()).isIn("critical", "warning");
            assertThat(alert.getValue().at("/annotations/summary").asText()).isNotEmpty();
            assertThat(list).contains("[" + alert.getKey() + "](" + alert.getKey() + ".md) | " + severity);
            assertThat(Files.readString(RUNBOOKS.resolve(alert.getKey() + ".md")))
                    .as(alert.getKey())
                    .startsWith("# " + alert.getKey() + "\n")
                    .contains("## What it means", "## What customers notice", "## Look", "## Repair", "## Over when");
        }
    }

    @Test
    void everyPanelAsksForWhatIsThereAndLeadsToARunbook() throws IOException {
        var linked = new TreeSet<String>();
        var panels = 0;
        for (var dashboard : files(DASHBOARDS)) {
            for (var panel : new ObjectMapper().readTree(dashboard.toFile()).findParents("targets")) {
                panels++;
                var name = dashboard.getFileName() + ": " + panel.path("title").asText();
                panel.path("targets")
                        .forEach(target ->
                                assertAnswered(name, target.path("expr").asText()));
                panel.path("links")
                        .forEach(link -> linked.add(link.path("url").asText().replaceAll(".*/|\\.md$", "")));
                assertThat(panel.path("description").asText()).as(name).isNotEmpty();
            }
        }
        assertThat(panels).isGreaterThan(10);
        assertThat(linked).as("runbooks that a panel leads to").isEqualTo(new TreeSet<>(alerts().keySet()));
    }

    private static void assertAnswered(String where, String expression) {
        var query = Query.parse(expression);
        assertThat(query.selectors()).as(where + ": " + expression).isNotEmpty();
        for (var selector : query.selectors()) {
            var labels = exposed.labels().get(selector.series());
            assertThat(labels).as("%s: %s", where, selector.series()).isNotNull();
            var asked = new TreeSet<>(selector.labels());
            asked.addAll(query.grouping());
            asked.removeAll(TARGET);
            assertThat(labels.keySet())
                    .as("%s: labels of %s", where, selector.series())
                    .containsAll(asked);
            if (OURS.matcher(selector.series()).matches()) {
                selector.values().forEach((label, value) -> {
                    if (!TARGET.contains(label)) {
                        assertThat(labels.get(label))
                                .as("%s: %s", where, selector.series())
                                .contains(value);
                    }
                });
            }
        }
    }

    private static Map<String, JsonNode> alerts() throws IOException {
        Map<String, JsonNode> alerts = new HashMap<>();
        for (var file : files(RULES)) {
            for (var group :
                    new ObjectMapper(new YAMLFactory()).readTree(file.toFile()).path("groups")) {
                group.path("rules").forEach(rule -> {
                    assertThat(rule.path("alert").asText()).as(file.toString()).startsWith("Orderflow");
                    assertThat(alerts.put(rule.path("alert").asText(), rule)).isNull();
                });
            }
        }
        assertThat(alerts).isNotEmpty();
        return alerts;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
