package io.orderflow.helm;

import static io.orderflow.helm.Pods.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where something is, outside of a pod: what is no address is refused, and a rule of a network has numbers. */
class AddressesTest {

    private static final String REFUSED = """
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: "a.example:9092,"}}}          | kafka.external.bootstrap: "" (expected: host:port between commas, each with a port, IPv6 in brackets)
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: "a:9092,,b:9092"}}}           | kafka.external.bootstrap: "" (expected: host:port
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: kafka.example.com}}}          | kafka.external.bootstrap: "kafka.example.com" (expected: host:port
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: "a:9092, b:tls"}}}            | kafka.external.bootstrap: " b:tls" (expected: host:port
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: "a:0"}}}                      | kafka.external.bootstrap: "a:0" (expected: host:port
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: "a:65536"}}}                  | kafka.external.bootstrap: "a:65536" (expected: host:port
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: "ssl://a:9092"}}}             | kafka.external.bootstrap: "ssl://a:9092" (expected: host:port
            EXTERNAL_KAFKA | {kafka: {external: {bootstrap: "2001:db8::7:9092"}}}         | kafka.external.bootstrap: "2001:db8::7:9092" (expected: host:port
            DEFAULT        | {postgresql: {external: {host: "db:6432"}}}                  | postgresql.external.host: db:6432 (expected: a name or an IP address alone, without a scheme, a port or a path)
            DEFAULT        | {postgresql: {external: {host: "[2001:db8::7]:5432"}}}       | postgresql.external.host: [2001:db8::7]:5432 (expected: a name
            DEFAULT        | {postgresql: {external: {host: "a,b"}}}                      | postgresql.external.host: a,b (expected: a name
            DEFAULT        | {postgresql: {external: {databases: {orders: {host: "postgres://db"}}}}} | postgresql.external.databases.orders.host: postgres://db (expected: a name
            DEFAULT        | {smtp: {host: "mail.example.com:25"}}                        | smtp.host: mail.example.com:25 (expected: a name
            DEFAULT        | {smtp: {host: "smtps://mail.example.com"}}                   | smtp.host: smtps://mail.example.com (expected: a name
            DEFAULT        | {identity: {keys: "https://2001:db8::7/keys"}}               | identity.keys: https://2001:db8::7/keys (expected: https:// and host or host:port, IPv6 in brackets)
            DEFAULT        | {identity: {keys: "https://login.example:jwks"}}             | identity.keys: https://login.example:jwks (expected: https://
            DEFAULT        | {identity: {keys: "https://me:secret@login.example/keys"}}   | identity.keys: https://me:secret@login.example/keys (expected: https://
            DEFAULT        | {payments: {http: {url: "https://pay.example:99999/v1"}}}    | payments.http.url: https://pay.example:99999/v1 (expected: https://
            DEFAULT        | {ingress: {host: "https://shop.example"}}                    | /ingress/host
            DEFAULT        | {httpRoute: {hostnames: ["shop.example:443"]}}               | /httpRoute/hostnames/0
            DEFAULT        | {httpRoute: {hostnames: [""]}}                               | /httpRoute/hostnames/0
            DEFAULT        | {networkPolicy: {dnsPorts: []}}                              | /networkPolicy/dnsPorts
            DEFAULT        | {networkPolicy: {identityPorts: [0]}}                        | /networkPolicy/identityPorts/0
            DEFAULT        | {networkPolicy: {ordersFrom: [{}]}}                          | networkPolicy.ordersFrom[0]: {} (expected: podSelector and namespaceSelector, or ipBlock)
            DEFAULT        | {networkPolicy: {stockFrom: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}} | networkPolicy.stockFrom[0]: {"ipBlock":{"cidr":"10.0.0.0/8"},"podSelector":{}} (expected: podSelector
            DEFAULT        | {smtp: {to: [{podSelector: {}}, {ipblock: {}}]}}             | smtp.to[1]: {"ipblock":{}} (expected: podSelector
            DEFAULT        | {networkPolicy: {ordersFrom: [{podSelector: {matchLabel: {app: gateway}}}]}} | networkPolicy.ordersFrom[0].podSelector: {"matchLabel":{"app":"gateway"}} (expected: matchLabels, matchExpressions or nothing; a cluster drops what it does not know, and takes all pods
            DEFAULT        | {smtp: {to: [{namespaceSelector: {name: mail}}]}}            | smtp.to[0].namespaceSelector: {"name":"mail"} (expected: matchLabels
            DEFAULT        | {networkPolicy: {spansTo: [{}]}}                             | networkPolicy.spansTo[0]: {} (expected: podSelector
            DEFAULT        | {networkPolicy: {spansPorts: [0]}}                           | /networkPolicy/spansPorts/0
            DEFAULT        | {kafka: {external: {to: [{}]}}}                              | kafka.external.to[0]: {} (expected: podSelector
            DEFAULT        | {postgresql: {external: {to: [{}]}}}                         | postgresql.external.to[0]: {} (expected: podSelector
            DEFAULT        | {payments: {http: {to: [{}]}}}                               | payments.http.to[0]: {} (expected: podSelector
            DEFAULT        | {networkPolicy: {dnsTo: [{ipBlock: {cidr: 169.254.20.10}}]}} | networkPolicy.dnsTo[0].ipBlock: 169.254.20.10 (expected: an address and the length of its prefix, as 169.254.20.10/32)
            DEFAULT        | {networkPolicy: {identityTo: [{ipBlock: {}}]}}               | networkPolicy.identityTo[0].ipBlock: missing (expected: an address
            DEFAULT        | {networkPolicy: {identityTo: [{ipBlock: {cidr: 999.1.1.1/8}}]}} | networkPolicy.identityTo[0].ipBlock: 999.1.1.1/8 (expected: an address
            DEFAULT        | {networkPolicy: {identityTo: [{ipBlock: {cidr: 10.0.0.0/33}}]}} | networkPolicy.identityTo[0].ipBlock: 10.0.0.0/33 (expected: an address
            DEFAULT        | {networkPolicy: {identityTo: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0]}}]}} | networkPolicy.identityTo[0].ipBlock: 10.1.0.0 (expected: an address
            DEFAULT        | {networkPolicy: {extraEgress: [{to: [{podSelector: {}}], ports: [{port: 0}]}]}} | networkPolicy.extraEgress[0].ports: [{"port":0}] (expected: some, each
            DEFAULT        | {networkPolicy: {extraEgress: [{to: [{podSelector: {}}], ports: [{port: 65536}]}]}} | networkPolicy.extraEgress[0].ports: [{"port":65536}] (expected: some, each
            DEFAULT        | {networkPolicy: {extraEgress: [{to: [{podSelector: {}}], ports: [{port: 9, endPort: 8}]}]}} | networkPolicy.extraEgress[0].ports: [{"endPort":8,"port":9}] (expected: some, each
            DEFAULT        | {networkPolicy: {extraEgress: [{to: [{podSelector: {}}]}]}}  | networkPolicy.extraEgress[0].ports: null (expected: some, each with the number of a port, 1 to 65535; endPort for many)
            DEFAULT        | {networkPolicy: {extraEgress: [{ports: [{port: 1}, {}]}]}}   | networkPolicy.extraEgress[0].ports: [{"port":1},{}] (expected: some
            DEFAULT        | {networkPolicy: {extraEgress: [{ports: [{port: "8443"}]}]}}  | networkPolicy.extraEgress[0].ports: [{"port":"8443"}] (expected: some
            DEFAULT        | {networkPolicy: {extraEgress: [{to: [{}], ports: [{port: 1}]}]}} | networkPolicy.extraEgress[0].to[0]: {} (expected: podSelector
            DEFAULT        | {networkPolicy: {extraEgress: [{too: [{podSelector: {}}], ports: [{port: 1}]}]}} | networkPolicy.extraEgress[0]: too (expected: to and ports alone; a cluster drops what it does not know, and lets out to anywhere
            DEFAULT        | {networkPolicy: {extraEgress: [{ports: [{port: 1, endport: 2}]}]}} | networkPolicy.extraEgress[0].ports: [{"endport":2,"port":1}] (expected: some
            DEFAULT        | {smtp: {to: [{ipBlock: {cidr: 10.0.0.0/8, excepts: [10.1.0.0/16]}}]}} | smtp.to[0].ipBlock: excepts (expected: cidr and except alone; a cluster drops what it does not know
            DEFAULT        | {httpRoute: {parentRefs: [{name: public, namspace: gateways}]}} | /httpRoute/parentRefs/0
            DEFAULT        | {image: {registry: "https://registry.example.com"}}          | /image/registry
            DEFAULT        | {image: {registry: "registry.example.com/"}}                 | /image/registry
            DEFAULT        | {image: {repository: "Orderflow"}}                           | /image/repository
            DEFAULT        | {image: {repository: "orderflow:1.2.3"}}                     | /image/repository
            DEFAULT        | {image: {tag: "1.2.3+4"}}                                    | /image/tag
            DEFAULT        | {networkPolicy: {extraEgressOfAll: [{}]}}                    | networkPolicy.extraEgressOfAll[0].ports: null (expected: some
            """;

    @ParameterizedTest
    @MethodSource
    void itIsRefused(Installation installation, String values, String message) {
        assertThatThrownBy(() -> installation.with(values)).hasMessageContaining(message);
    }

    static Stream<Arguments> itIsRefused() {
        return Refusals.in(REFUSED);
    }

    @Test
    void everyCheckIsTried() throws IOException {
        Refusals.areAllIn("_checks_addresses.tpl", REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "db.example.com, //db.example.com:5432/",
        "10.20.0.7,      //10.20.0.7:5432/",
        "2001:db8::7,    //[2001:db8::7]:5432/",
        "'[::1]',        //[::1]:5432/",
        "fd00:0:0:0:0:0:0:7, //[fd00:0:0:0:0:0:0:7]:5432/",
    })
    void aHostIsANameOrAnAddressInBrackets(String host, String address) {
        var manifests = Installation.DEFAULT.with(
                "{postgresql: {external: {host: '" + host + "'}}, smtp: {host: '" + host + "'}}");
        assertThat(settings(manifests, "orders")).contains("jdbc:postgresql:" + address + "orders?");
        assertThat(settings(manifests, "notifications"))
                .contains("smtp-host: '" + address.substring(2, address.indexOf(":5432")) + "'");
        assertThat(manifests.of("Job")).allSatisfy(job -> assertThat(
                        job.at("/spec/template/spec/containers/0/args").toString())
                .contains("jdbc:postgresql:" + address));
    }

    private static String settings(Manifests manifests, String role) {
        return manifests
                .one("ConfigMap", "shop-orderflow-" + role)
                .at("/data/application.yaml")
                .asText()
                .replaceAll("smtp-host: ([^'\n]+)\n", "smtp-host: '$1'\n");
    }

    @Test
    void theIssuersAndTheBrokersPortsAreThoseOfTheirAddresses() {
        var edges = new Edges(Installation.EXTERNAL_KAFKA.with("""
                {identity: {keys: "https://[2001:db8::7]/keys?at=:90"},
                 kafka: {external: {bootstrap: "a:9092 , [2001:db8::7]:9093"}}}"""));
        assertThat(edges.out())
                .contains("orders -> anywhere 443", "orders -> 10.40.0.0/16 9092", "orders -> 10.40.0.0/16 9093");
    }

    /** Networks look at pods' ports, which are not always the Service's in front of them. */
    @Test
    void theRulesPortsAreThoseOfThePodsWhereTheValuesSaySo() {
        var edges = new Edges(Installation.EXTERNAL_KAFKA.with("""
                {networkPolicy: {identityPorts: [8443, 8444]},
                 kafka: {external: {toPorts: [19092]}},
                 postgresql: {external: {toPorts: [6432]}},
                 payments: {http: {toPorts: [9443]}},
                 smtp: {toPorts: [2525]}}"""));
        assertThat(edges.out())
                .contains(
                        "orders -> anywhere 8443",
                        "orders -> anywhere 8444",
                        "orders -> 10.40.0.0/16 19092",
                        "orders -> anywhere 6432",
                        "migrate-orders -> anywhere 6432",
                        "payments -> anywhere 9443",
                        "notifications -> anywhere 2525")
                // Who was added may go where nobody here knows of.
                .filteredOn(edge ->
                        Roles.DECLARED.added().stream().noneMatch(added -> edge.matches("(migrate-)?" + added + " .*")))
                .noneMatch(edge -> edge.matches(".* (443|5432|587|909[0-9])"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://collector.tracing:4317,                  4317",
        "https://collector.example/v1,                   443",
        "http://collector.example,                       80",
        "http://[2001:db8::7]:4319/v1/traces?at=http://localhost, 4319",
        "http://$(NODE):4318,                            4318",
    })
    void spansLeaveForTheAddressThatTheAgentIsGiven(String address, int port) {
        var all = "anywhere " + port;
        for (var values : List.of(
                "{extraEnv: [{name: OTEL_EXPORTER_OTLP_ENDPOINT, value: '" + address + "'}]}",
                "{javaOptions: '-Dotel.exporter.otlp.traces.endpoint=" + address + " -Xmx1g'}")) {
            assertThat(new Edges(Installation.SMALL.with("{pods: " + values + "}")).out())
                    .contains("orders -> " + all, "notifications -> " + all, "migrate-orders -> " + all);
            assertThat(new Edges(Installation.SMALL.with("{roles: {orders: "
                                    + values.replace("javaOptions: '", "extraEnv: [{name: JAVA_TOOL_OPTIONS, value: '")
                                            .replace("-Xmx1g'", "-Xmx1g'}]")
                                    + "}}"))
                            .out())
                    .contains("orders -> " + all)
                    .doesNotContain("payments -> " + all, "migrate-orders -> " + all);
        }
    }

    /** Services tell a collector, migrations and the test do not. */
    @ParameterizedTest
    @CsvSource({"http://collector.tracing:4318, 4318", "https://collector.example/otlp, 443"})
    void spansLeaveForTheCollectorWithoutAnAgent(String address, int port) {
        var manifests = Installation.SMALL.with("{monitoring: {spansTo: '" + address + "'}}");
        assertThat(new Edges(manifests).out())
                .contains("orders -> anywhere " + port, "notifications -> anywhere " + port)
                .noneMatch(edge -> edge.matches("(migrate-.*|test) -> anywhere .*"));
        for (var role : Roles.BY_DEFAULT.names()) {
            assertThat(manifests
                            .one("ConfigMap", "shop-orderflow-" + role)
                            .at("/data/application.yaml")
                            .asText())
                    .contains("    spans: false\n    spans-to: " + address + "\n");
        }
        assertThat(Installation.SMALL.manifests().text()).doesNotContain("spans-to");
        assertThat(new Edges(Installation.SMALL.with("{monitoring: {spansTo: '" + address
                                + "'}, networkPolicy: {spansTo: [{ipBlock: {cidr: 198.51.100.7/32}}]}}"))
                        .out())
                .contains("orders -> 198.51.100.7/32 " + port)
                .doesNotContain("orders -> anywhere " + port);
    }

    @Test
    void spansLeaveForWhereTheValuesSay() {
        var values = "networkPolicy: {spansTo: [{ipBlock: {cidr: 198.51.100.7/32}}], spansPorts: [4317, 4318]}";
        assertThat(new Edges(Installation.SMALL.with("{monitoring: {spans: true}, " + values + "}")).out())
                .contains("orders -> 198.51.100.7/32 4317", "payments -> 198.51.100.7/32 4318")
                .doesNotContain("migrate-orders -> 198.51.100.7/32 4318");
        assertThat(new Edges(Installation.SMALL.with("{" + values + "}")).out())
                .as("without spans nothing leaves")
                .noneMatch(edge -> edge.contains("198.51.100.7"));
        assertThat(Installation.PRODUCTION
                        .with("{monitoring: {spans: true}, networkPolicy: {enabled: false}}")
                        .of("NetworkPolicy"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasNumbersAndIncomingOnesAreOpenThere(Installation installation) {
        var manifests = installation.manifests();
        var pods = Pods.in(manifests).toList();
        manifests.of("NetworkPolicy").map(one -> one.at("/spec")).forEach(spec -> {
            assertThat(Stream.concat(each(spec.path("ingress")), each(spec.path("egress"))))
                    .allSatisfy(rule -> assertThat(numbers(rule)).isNotEmpty());
            pods.stream()
                    .filter(pod -> Pods.selects(spec.at("/podSelector/matchLabels"), pod.labels()))
                    .forEach(pod -> assertThat(open(pod))
                            .containsAll(each(spec.path("ingress"))
                                    .flatMap(rule -> numbers(rule).stream())
                                    .toList()));
        });
    }

    private static List<Integer> numbers(JsonNode rule) {
        return each(rule.path("ports"))
                .map(port -> {
                    assertThat(port.path("port").isInt()).as("%s", rule).isTrue();
                    return port.path("port").asInt();
                })
                .toList();
    }

    private static List<Integer> open(Pods.Pod pod) {
        return pod.containers()
                .flatMap(container -> each(container.path("ports")))
                .map(port -> port.path("containerPort").asInt())
                .toList();
    }

    @Test
    void allPodsThatResolveNamesDoSoWhereTheValuesSay() {
        var edges = new Edges(Installation.SMALL.with("""
                {networkPolicy: {dnsPorts: [5353], dnsTo: [
                  {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}},
                  {ipBlock: {cidr: 169.254.20.11/32}}]}}"""));
        for (var pod : List.of("orders", "migrate-orders", "test")) {
            for (var peer : List.of("namespace kubernetes.io/metadata.name=openshift-dns", "169.254.20.11/32")) {
                assertThat(edges.out()).contains(pod + " -> " + peer + " 5353/UDP", pod + " -> " + peer + " 5353/TCP");
            }
        }
        assertThat(edges.out()).noneMatch(edge -> edge.contains(" 53/") || edge.contains("kube-system"));
    }

    @Test
    void whatAllReachEveryPodOfTheReleaseReaches() {
        var manifests = Installation.SMALL.with("""
                {networkPolicy: {
                  extraEgressOfAll: [{to: [{ipBlock: {cidr: 198.51.100.7/32}}], ports: [{port: 15012}]}],
                  extraEgress: [{to: [{ipBlock: {cidr: 198.51.100.8/32}}], ports: [{port: 4318}]}]}}""");
        var edges = new Edges(manifests);
        assertThat(Pods.in(manifests))
                .allSatisfy(pod -> assertThat(edges.out()).contains(pod.component() + " -> 198.51.100.7/32 15012"));
        assertThat(edges.out())
                .contains("orders -> 198.51.100.8/32 4318")
                .doesNotContain("migrate-orders -> 198.51.100.8/32 4318");
        assertThat(Rules.mistakes(manifests)).isEmpty();
    }
}
