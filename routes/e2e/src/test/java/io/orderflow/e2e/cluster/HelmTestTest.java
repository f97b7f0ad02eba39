package io.orderflow.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code helm test} runs in a cluster runs here, with the arguments of the rendered pod, against the running
 * services.
 */
class HelmTestTest {

    private static final Path RENDERED =
            Path.of("").toAbsolutePath().getParent().getParent().resolve("helm/rendered/small.yaml");

    @TempDir
    private Path folder;

    @Test
    void theTestOfTheReleasePlacesAnOrderAndWaitsForItsEnd() throws Exception {
        var shop = Shop.withEveryRole();

        var run = run(arguments(shop.instance()));

        assertThat(run.output())
                .containsSubsequence(
                        "article: helm-test, of which there is none",
                        "accepted: order ",
                        "OrderCreated: PENDING",
                        ": CANCELLED",
                        "ended: CANCELLED ",
                        "payment ",
                        "look next: kubectl -n orders port-forward service/shop-orderflow-orders 8080:80",
                        "service/shop-orderflow-mailbox 8025")
                .doesNotContain("ORDER");
        assertThat(run.code()).isZero();
    }

    @Test
    void aCustomerWithATokenNeedsNothingElse() throws Exception {
        var issuer = Issuer.in(folder.resolve("issuer"));
        try (var shop = Shop.at(Site.fresh(), issuer.settings().toArray(String[]::new))) {
            var address = shop.instance().address();
            shop.customersUse(
                    new Client(address, "Authorization", "Bearer " + issuer.token("stock", "operator.stock")));
            var mug = shop.stocks(1);
            var token = Files.writeString(folder.resolve("token"), issuer.token("ada", "customer") + "\n");

            var run = run(List.of(
                    "--place-test-order",
                    "--orders=" + address,
                    "--token-file=" + token,
                    "--sku=" + mug.name(),
                    "--payment-token=tok_visa"));

            assertThat(run.output()).contains("ended: CONFIRMED , payment CAPTURED");
            assertThat(run.code()).isZero();
        }
    }

    @Test
    void anOrderThatDoesNotEndIsAFailedTest() throws Exception {
        try (var shop = Shop.at(Site.fresh(), "--roles=orders,inventory")) {
            var run = run(replaced(arguments(shop.instance()), "--within=", "3"));

            assertThat(run.output()).contains("accepted: order ", "not ended within 3 s");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    private record Run(int code, String output) {}

    private static Run run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                Orderflow.class.getName()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    /** Of the rendered pod, with our instance in place of the Services. */
    private static List<String> arguments(Instance instance) throws IOException {
        var pod = pod();
        List<String> arguments = new ArrayList<>();
        pod.at("/spec/containers/0/args").forEach(argument -> arguments.add(argument.asText()));
        assertThat(arguments).anyMatch(argument -> argument.startsWith("--orders=http://"));
        return replaced(arguments, "--orders=", instance.address().toString());
    }

    private static List<String> replaced(List<String> arguments, String name, String value) {
        return arguments.stream()
                .map(argument -> argument.startsWith(name) ? name + value : argument)
                .toList();
    }

    private static JsonNode pod() throws IOException {
        var yaml = new ObjectMapper(new YAMLFactory());
        for (var document : Files.readString(RENDERED).split("(?m)^---\\s*$")) {
            var resource = yaml.readTree(document);
            if (resource != null && resource.path("kind").asText().equals("Pod")) {
                return resource;
            }
        }
        throw new AssertionError(RENDERED + ": no Pod (expected: the test)");
    }
}
