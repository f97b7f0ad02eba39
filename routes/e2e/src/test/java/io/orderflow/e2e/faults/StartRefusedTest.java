package io.orderflow.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong set-up does not start, and says in one line what to set right. */
class StartRefusedTest {

    private static final List<String> TOKENS = List.of(
            "--orderflow.identity.mode=jwt",
            "--orderflow.identity.issuer=https://issuer.example",
            "--orderflow.identity.algorithms=ES256",
            "--orderflow.identity.keys=https://issuer.example/keys");
    private static final List<String> PROVIDER = List.of(
            "--orderflow.payments.provider=http",
            "--orderflow.payments.http.url=https://provider.example/v1",
            "--orderflow.payments.http.api-key-file=/dev/null");

    static Stream<Arguments> wrongSetUps() {
        return Stream.of(
                Arguments.of(
                        "a token's audience is not pinned",
                        TOKENS,
                        "orderflow.identity.audience: missing (expected: whom tokens are meant for, as in their aud)"),
                Arguments.of(
                        "everybody is trusted beyond the own machine",
                        List.of("--orderflow.identity.insecure-trust-everyone=false"),
                        "orderflow.identity.mode: none (expected: jwt; or none with the profile local and"
                                + " server.address on loopback, or with"
                                + " orderflow.identity.insecure-trust-everyone=true on a throw-away system)"),
                Arguments.of(
                        "a secret's file is not there",
                        List.of("--spring.config.import=configtree:/nowhere/secrets/"),
                        "does not exist"),
                Arguments.of(
                        "a certificate is not there",
                        List.of("--orderflow.messaging.certificates=/nowhere/kafka"),
                        "orderflow.messaging.certificates: /nowhere/kafka/user.crt cannot be read (expected: a folder"
                                + " with user.crt, user.key and ca.crt)"),
                Arguments.of(
                        "a secret's file cannot be read",
                        List.of("--spring.config.import=configtree:" + unreadableSecrets()),
                        "/spring.datasource.password' no longer exists"),
                Arguments.of(
                        "the provider is nowhere",
                        List.of("--orderflow.payments.provider=http"),
                        "orderflow.payments.http.url: missing (expected: the provider's address,"),
                Arguments.of(
                        "the provider's key cannot be read",
                        with(PROVIDER, "--orderflow.payments.http.api-key-file=/nowhere/key"),
                        "orderflow.payments.http.api-key-file: /nowhere/key cannot be read (expected: a readable file)"),
                Arguments.of(
                        "a call to the provider would end before its answer may come",
                        with(PROVIDER, "--orderflow.payments.http.total-timeout=1s"),
                        "orderflow.payments.http.total-timeout: PT1S (expected: >= read-timeout, PT5S)"),
                Arguments.of(
                        "the provider's key would go through a network as plain text",
                        with(PROVIDER, "--orderflow.payments.http.url=http://provider.example/v1"),
                        "orderflow.payments.http.url: http://provider.example/v1 (expected: https;"),
                Arguments.of(
                        "the database does not know the login",
                        List.of(
                                "--spring.datasource.username=nobody",
                                "--spring.datasource.hikari.initialization-fail-timeout=1"),
                        "spring.datasource.url: FATAL: role \"nobody\" does not exist (expected: a database that lets us"
                                + " in)"),
                Arguments.of(
                        "a setting has a wrong name",
                        List.of("--orderflow.messaging.poll-record=5"),
                        "orderflow.messaging.poll-record: unknown (expected: a documented setting)"),
                Arguments.of(
                        "a channel to workers has its name of before",
                        List.of("--orderflow.messaging.workers-of.payments.charge=8"),
                        "orderflow.messaging.workers-of.payments.charge: unknown (expected: payments.charge-order or"
                                + " payments.undo-charge)"),
                Arguments.of(
                        "a group of settings has a wrong name",
                        List.of("--orderflow.mesaging.poll-records=5"),
                        "orderflow.mesaging.poll-records: unknown"));
    }

    static Stream<Arguments> wrongAuthorities() {
        return Stream.of(
                Arguments.of(
                        "a list of authorities has none",
                        List.of("--orderflow.trust.bundle=/dev/null"),
                        "orderflow.trust.bundle: /dev/null: no certificate (expected: a file of certificates in PEM)"),
                Arguments.of(
                        "a list of authorities is not there",
                        List.of("--orderflow.trust.bundle=/nowhere/ca.crt"),
                        "orderflow.trust.bundle: /nowhere/ca.crt: cannot be read (expected: a file of"),
                Arguments.of(
                        "a list of authorities goes by another name",
                        List.of("--orderflow.trust.bundel=/nowhere/ca.crt"),
                        "orderflow.trust.bundel: unknown (expected: a documented setting)"));
    }

    private static List<String> with(List<String> settings, String one) {
        return Stream.concat(settings.stream(), Stream.of(one)).toList();
    }

    /**
     * A file that nobody can read, not even root: a link to nowhere, as a cluster's mount has while a Secret is half
     * gone.
     */
    private static String unreadableSecrets() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "secrets");
            Files.createSymbolicLink(folder.resolve("spring.datasource.password"), Path.of("nowhere"));
            return folder.toAbsolutePath() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"wrongSetUps", "wrongAuthorities"})
    void aWrongSetUpIsToldInOneLine(String what, List<String> wrong, String line) throws Exception {
        var settings = Instance.arguments(Shop.withEveryRole().site(), wrong.toArray(String[]::new));
        try (var process = new OwnProcess(Orderflow.class, settings.toArray(String[]::new))) {
            assertThat(process.awaitExit()).isNotZero();
            assertThat(process.log().lines().filter(one -> one.startsWith("orderflow does not start: ")))
                    .singleElement()
                    .asString()
                    .contains(line);
            assertThat(process.log()).doesNotContain("\tat ");
        }
    }
}
