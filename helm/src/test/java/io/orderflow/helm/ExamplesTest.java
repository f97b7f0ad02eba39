package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.helm.Manifests.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/examples puts around an installation is what the chart, given its values, asks for. */
@DisabledIf(
        value = "io.orderflow.helm.Examples#lackAService",
        disabledReason = "docs/examples is of an installation without the service that was added")
class ExamplesTest {

    private static final Manifests RENDERED = Examples.rendered();
    private static final String OPERATOR = "strimzi-kafka-operator";
    private static final String REPOSITORY = "quay.io/strimzi-helm";

    static Stream<Path> files() {
        return Examples.files().stream();
    }

    static Stream<Path> marked() {
        return Stream.concat(files(), Stream.of(Examples.OWN, Examples.REALM));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHasOnlyFieldsThatAreKnown(Path file) {
        var text = CommandsOfPages.read(file);
        assertThat(Manifests.parse(text).all())
                .isNotEmpty()
                .flatMap(one -> Examples.mistakes(one).toList())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("marked")
    void aFileSaysThatItWasNotRunWhereItCanAndElseItsLineDoes(Path file) {
        var readme = CommandsOfPages.read(Examples.FOLDER.resolve("README.md"));
        var line = readme.lines()
                .filter(one -> one.startsWith("| ") && one.contains("(" + file.getFileName() + ")"))
                .collect(Collectors.joining());
        assertThat(line).isNotEmpty();
        var mark = file.toString().endsWith(".json") ? line : comments(file);
        assertThat(mark).containsIgnoringCase("not run on a cluster");
    }

    private static String comments(Path file) {
        return CommandsOfPages.read(file)
                .lines()
                .filter(one -> one.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "databases.yaml,   passwordSecret, passwordsecret",
        "databases.yaml,   instances: 3,   instances: \"3\"",
        "certificate.yaml, dnsNames,       dnsName",
        "argocd.yaml,      jsonPointers,   jsonPointer",
        "flux.yaml,        valuesFrom,     valueFrom",
        "set-back.yaml,    secretName,     secret",
    })
    void aSlipIsFound(String file, String right, String wrong) {
        var slip = CommandsOfPages.read(Examples.FOLDER.resolve(file)).replaceFirst(right, wrong);
        assertThat(Manifests.parse(slip).all())
                .flatMap(one -> Examples.mistakes(one).toList())
                .isNotEmpty();
    }

    @Test
    void eachServiceHasItsDatabaseAndBothLoginsInTheSecretsThatItReads() {
        var cluster = Examples.in("databases.yaml").one("Cluster", "shop-db");
        Set<String> logins = each(cluster.at("/spec/managed/roles"))
                .filter(role -> role.path("login").asBoolean())
                .map(role -> role.path("name").asText() + " "
                        + role.at("/passwordSecret/name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> read = new TreeSet<>();
        for (var role : Roles.DECLARED.names()) {
            read.add(role + " " + login(role, false));
            read.add(role + "_migrator " + login(role, true));
        }
        assertThat(logins).isEqualTo(read);
        assertThat(Examples.in("databases.yaml").of("Database"))
                .extracting(one -> one.at("/spec/name").asText() + " "
                        + one.at("/spec/owner").asText() + " "
                        + one.at("/spec/cluster/name").asText())
                .containsExactlyInAnyOrderElementsOf(Roles.DECLARED.names().stream()
                        .map(role -> role + " " + role + "_migrator shop-db")
                        .toList());
    }

    /** The Secret that the pods of a service, or its Job, read its login from, as the chart renders it. */
    private static String login(String role, boolean migrator) {
        var component = migrator ? "migrate-" + role : role;
        return Secrets.in(RENDERED).stream()
                .filter(line -> line.endsWith(": password username -> " + component))
                .map(line -> line.replaceFirst(":.*", ""))
                .filter(name -> !name.equals("mail-login"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(component + ": reads no login"));
    }

    @Test
    void whoConnectsIsLetInToItsOwnDatabaseAndThereIsRoomForAllPods() {
        var cluster = Examples.in("databases.yaml").one("Cluster", "shop-db");
        List<String> rules = new ArrayList<>();
        for (var role : Roles.DECLARED.names()) {
            rules.add("hostssl " + role + " " + role + "," + role + "_migrator all scram-sha-256");
        }
        rules.add("host all all all reject");
        assertThat(each(cluster.at("/spec/postgresql/pg_hba")).map(JsonNode::asText))
                .containsExactlyElementsOf(rules);

        int pods = RENDERED.of("HorizontalPodAutoscaler", "Deployment")
                .mapToInt(one -> one.at("/spec/maxReplicas").asInt()
                        + one.at("/spec/replicas").asInt())
                .sum();
        assertThat(RENDERED.of("Deployment")).hasSameSizeAs(Roles.DECLARED.names());
        assertThat(cluster.at("/spec/postgresql/parameters/max_connections").asInt())
                .as("of each pod, and of one more of each service")
                .isGreaterThan((pods + Roles.DECLARED.names().size()) * 24);

        var settings = RENDERED.one("ConfigMap", "shop-orderflow-orders")
                .at("/data/application.yaml")
                .asText();
        assertThat(settings).contains("//" + cluster.name() + "-rw." + Chart.NAMESPACE + ".svc:5432/orders");
        assertThat(Secrets.in(RENDERED)).contains(cluster.name() + "-ca: ca.crt -> orders");
        assertThat(new Edges(RENDERED).out())
                .anyMatch(edge -> edge.startsWith("orders -> ") && edge.contains("shop-db"));
    }

    @Test
    void theIngressHasTheCertificateOfItsHost() {
        var certificate = Examples.in("certificate.yaml").one("Certificate", "shop");
        var issuer = Examples.in("certificate.yaml")
                .one("Issuer", certificate.at("/spec/issuerRef/name").asText());
        assertThat(RENDERED.of("Ingress")).isNotEmpty().allSatisfy(ingress -> {
            assertThat(ingress.at("/spec/tls/0/secretName")).isEqualTo(certificate.at("/spec/secretName"));
            assertThat(ingress.at("/spec/tls/0/hosts")).isEqualTo(certificate.at("/spec/dnsNames"));
            assertThat(ingress.at("/spec/ingressClassName"))
                    .isEqualTo(issuer.at("/spec/acme/solvers/0/http01/ingress/ingressClassName"));
        });
    }

    @Test
    void theRealmIsTheIssuerAndItsTokensAreForUs() {
        var realm = Examples.realm();
        var settings = RENDERED.one("ConfigMap", "shop-orderflow-orders")
                .at("/data/application.yaml")
                .asText();
        var issuer = "/realms/" + realm.path("realm").asText();
        assertThat(settings)
                .contains("issuer: https://login.example.com" + issuer + "\n")
                .contains("keys: https://login.example.com" + issuer + "/protocol/openid-connect/certs\n")
                .contains("roles-claim: realm_access.roles");
        assertThat(realm.path("clients")).isNotEmpty().allSatisfy(client -> {
            var audience = client.at("/protocolMappers/0/config");
            assertThat(settings)
                    .contains("audience: "
                            + audience.path("included.custom.audience").asText() + "\n");
            assertThat(audience.path("access.token.claim").asText()).isEqualTo("true");
            assertThat(each(client.path("defaultClientScopes")).map(JsonNode::asText))
                    .as("the subject, and the realm's roles")
                    .contains("basic", "roles");
        });
        var roles = each(realm.at("/roles/realm"))
                .map(role -> role.path("name").asText())
                .toList();
        assertThat(each(realm.at("/users/0/realmRoles")).map(JsonNode::asText)).isSubsetOf(roles);
    }

    @Test
    void argoTakesTheOperatorAndThenTheReleaseWithValuesThatTheChartTakes() throws IOException {
        var file = Examples.in("argocd.yaml");
        var operator = file.one("Application", "strimzi");
        var release = file.one("Application", Chart.RELEASE);
        isTheOperator(
                operator.at("/spec/source/repoURL"),
                operator.at("/spec/source/chart"),
                operator.at("/spec/source/targetRevision"),
                operator.at("/spec/source/helm/valuesObject"));
        assertThat(wave(operator)).isLessThan(wave(release));
        assertThat(wave(Examples.in("namespace.yaml").one("Namespace", Chart.NAMESPACE)))
                .isLessThan(wave(operator));

        var source = release.at("/spec/sources/0");
        assertThat(source.at("/helm/releaseName").asText()).isEqualTo(Chart.RELEASE);
        var chart = Chart.ROOT.resolve("..").resolve(source.path("path").asText());
        List<Path> values = new ArrayList<>();
        for (var value : source.at("/helm/valueFiles")) {
            var reference = "$" + release.at("/spec/sources/1/ref").asText() + "/";
            var path = value.asText();
            values.add(
                    path.startsWith(reference)
                            ? Chart.ROOT.resolve("..").resolve(path.substring(reference.length()))
                            : chart.resolve(path));
        }
        assertThat(Chart.copy().renderFiles(values.toArray(Path[]::new)).text()).isEqualTo(RENDERED.text());
        assertThat(release.at("/spec/destination/namespace").asText()).isEqualTo(Chart.NAMESPACE);
        assertThat(release.at("/spec/ignoreDifferences/0/jsonPointers/0").asText())
                .isEqualTo("/spec/replicas");
    }

    private static int wave(Manifest one) {
        return one.at("/metadata/annotations")
                .path("argocd.argoproj.io/sync-wave")
                .asInt(Integer.MAX_VALUE);
    }

    @Test
    void fluxTakesTheOperatorAndThenTheReleaseWithValuesThatTheChartTakes() throws IOException {
        var file = Examples.in("flux.yaml");
        var operator = file.one("HelmRelease", "strimzi");
        var release = file.one("HelmRelease", Chart.RELEASE);
        isTheOperator(
                file.one("HelmRepository", "strimzi").at("/spec/url"),
                operator.at("/spec/chart/spec/chart"),
                operator.at("/spec/chart/spec/version"),
                operator.at("/spec/values"));
        assertThat(operator.at("/spec/upgrade/crds").asText()).isEqualTo("CreateReplace");
        assertThat(release.at("/spec/dependsOn/0")).isEqualTo(operator.at("/metadata"));
        file.one("GitRepository", release.at("/spec/chart/spec/sourceRef/name").asText());

        List<Path> values = new ArrayList<>();
        release.at("/spec/chart/spec/valuesFiles")
                .forEach(value -> values.add(Chart.ROOT.resolve("..").resolve(value.asText())));
        var made = Examples.in("kustomization.yaml").all().getFirst();
        var from = release.at("/spec/valuesFrom/0");
        assertThat(made.at("/configMapGenerator/0/name")).isEqualTo(from.path("name"));
        assertThat(made.at("/configMapGenerator/0/files/0")).isEqualTo(from.path("valuesKey"));
        values.add(Examples.FOLDER.resolve(from.path("valuesKey").asText()));
        assertThat(Chart.copy().renderFiles(values.toArray(Path[]::new)).text()).isEqualTo(RENDERED.text());
        assertThat(made.at("/resources")).allMatch(one -> Files.exists(Examples.FOLDER.resolve(one.asText())));
        assertThat(release.at("/spec/driftDetection/ignore/0/paths/0").asText()).isEqualTo("/spec/replicas");
    }

    private static void isTheOperator(JsonNode repository, JsonNode chart, JsonNode version, JsonNode values)
            throws IOException {
        assertThat(repository.asText().replace("oci://", "")).isEqualTo(REPOSITORY);
        assertThat(Files.readString(Chart.SOURCE.resolve("Chart.yaml")))
                .contains("name: " + chart.asText() + "\n", "version: " + version.asText() + "\n");
        assertThat(chart.asText()).isEqualTo(OPERATOR);
        assertThat(values.at("/watchNamespaces/0").asText()).isEqualTo(Chart.NAMESPACE);
    }

    /** It looks like one to the brokers and to the NetworkPolicies, and has its certificate. */
    @Test
    void theJobThatSetsAGroupBackIsLetInAsItsService() {
        var example = Examples.in("set-back.yaml");
        assertThat(RestrictedTest.mistakes(example))
                .as("no ids, which a platform may refuse")
                .allMatch(mistake -> mistake.endsWith(": runAsUser"))
                .isNotEmpty();
        assertThat(example.all()).allMatch(one -> one.content().findValue("fsGroup") == null);
        var pod = Pods.in(example).findFirst().orElseThrow();
        var service = RENDERED.one("Deployment", "shop-orderflow-payments").at("/spec/selector/matchLabels");
        assertThat(Pods.selects(service, pod.labels())).isTrue();
        assertThat(Secrets.in(example))
                .containsExactlyInAnyOrder(
                        "orderflow-cluster-ca-cert: everything -> payments", "payments: everything -> payments");
        RENDERED.one("KafkaUser", "payments");
        RENDERED.one("Kafka", "orderflow");
        var container = pod.containers().findFirst().orElseThrow();
        assertThat(container.path("image").asText()).matches("quay.io/strimzi/kafka:1\\.2\\.0-kafka-4\\.3\\.\\d");
        assertThat(container.at("/args/0").asText())
                .contains("--bootstrap-server orderflow-kafka-bootstrap:9093", "--group payments ");
    }
}
