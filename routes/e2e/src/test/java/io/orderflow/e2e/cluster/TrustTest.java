package io.orderflow.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.ProviderOverHttp;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.http.CallerRole;
import io.orderflow.testkit.Issuer;
import io.orderflow.testkit.Postgres;
import io.orderflow.testkit.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A company's own authority counts beside the public ones, for everybody outside whom the services speak to. */
class TrustTest {

    private static final Authority OWN = new Authority("own");
    private static final Authority STRANGER = new Authority("stranger");

    @TempDir
    private static Path folder;

    private static SSLContext before;
    private static Path bundle;
    private static Issuer issuer;
    private static RawServer keys;
    private static TlsFront issuerFront;
    private static TlsFront providerFront;
    private static TlsFront mailFront;
    private static Shop shop;

    @BeforeAll
    static void open() throws Exception {
        before = SSLContext.getDefault();
        bundle = Files.writeString(folder.resolve("bundle.pem"), own());
        issuer = Issuer.in(folder.resolve("issuer"));
        keys = keySet(Path.of(issuer.keys()));
        issuerFront = new TlsFront(
                OWN.issue("issuer", folder.resolve("keys")), keys.address().getPort());
        var provider = new ProviderOverHttp();
        providerFront = new TlsFront(
                OWN.issue("provider", folder.resolve("provider")),
                provider.address().getPort());
        var site = Site.fresh();
        mailFront = new TlsFront(
                OWN.issue("mail", folder.resolve("mail")), site.mailbox().port());
        shop = Shop.at(
                site,
                provider,
                "--orderflow.trust.bundle=" + bundle,
                "--orderflow.payments.http.url=https://localhost:" + providerFront.port()
                        + provider.address().getPath(),
                "--orderflow.notifications.smtp-host=localhost",
                "--orderflow.notifications.smtp-port=" + mailFront.port(),
                "--orderflow.notifications.tls=tls",
                "--orderflow.identity.mode=jwt",
                "--orderflow.identity.issuer=" + Issuer.NAME,
                "--orderflow.identity.audience=" + Issuer.AUDIENCE,
                "--orderflow.identity.algorithms=ES256",
                "--orderflow.identity.keys=https://localhost:" + issuerFront.port() + "/keys");
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
        for (var front : List.of(issuerFront, providerFront, mailFront)) {
            front.close();
        }
        keys.close();
        SSLContext.setDefault(before);
    }

    @AfterEach
    void mend() throws IOException {
        Files.writeString(bundle, own());
    }

    /** Words between the certificates are nobody's business. */
    private static String own() {
        return "# the company's own\n" + OWN.certificate() + "\n# and one for later\n"
                + new Authority("later").certificate();
    }

    private static RawServer keySet(Path file) throws IOException {
        var set = Files.readString(file);
        return new RawServer(socket -> {
            while (RawServer.readRequest(socket)) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(set.length(), set)
                                .getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    @Test
    void itsIssuerItsProviderAndItsMailServerAreBelieved() {
        comes("staff", CallerRole.OPERATOR_STOCK);
        var form = OrderForm.anOrder().of(1, shop.stocks(5));
        comes("ada", CallerRole.CUSTOMER);

        var order = shop.places(form);

        shop.eventually(order).isConfirmed();
        shop.keepsItsBooks(List.of(form), List.of(order));
    }

    /** As the chart's address of a database says it, where no Secret names its authority. */
    @Test
    void theDatabaseIsBelievedByJavasDefault() throws Exception {
        try (var postgres = Postgres.temporary()) {
            var database = postgres.freshDatabase();
            var url = database.url() + (database.url().contains("?") ? "&" : "?")
                    + "sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
            encrypts(postgres, STRANGER.issue("stranger", folder.resolve("stranger-database")));
            await().atMost(Shop.PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(() -> DriverManager.getConnection(url, database.user(), "")
                                    .close())
                            .hasStackTraceContaining("unable to find valid certification path"));
            encrypts(postgres, OWN.issue("database", folder.resolve("database")));
            await().atMost(Shop.PATIENCE).ignoreExceptions().untilAsserted(() -> DriverManager.getConnection(
                            url, database.user(), "")
                    .close());
        }
    }

    private static void encrypts(Postgres postgres, Path identity) throws Exception {
        try (var connection = postgres.connect("postgres");
                var sql = connection.createStatement()) {
            var shown = sql.executeQuery("show data_directory");
            shown.next();
            var data = Path.of(shown.getString(1));
            for (var file : List.of("crt", "key")) {
                var mine = Files.copy(
                        identity.resolve("user." + file),
                        data.resolve("server." + file),
                        StandardCopyOption.REPLACE_EXISTING);
                Files.setOwner(mine, Files.getOwner(data));
                Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rw-------"));
            }
            sql.execute("alter system set ssl = on");
            sql.execute("select pg_reload_conf()");
        }
    }

    @Test
    void whoShowsACertificateThatIsAnothersOrOldOrForAnotherHostIsNot() throws Exception {
        try (var front = new TlsFront(
                OWN.issue("good", folder.resolve("good")), keys.address().getPort())) {
            front.shows(STRANGER.issue("stranger", folder.resolve("stranger")));
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> greet("localhost", front));
            front.shows(OWN.issue("expired", folder.resolve("expired"), Duration.ofHours(-1)));
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> greet("localhost", front));
            front.shows(folder.resolve("good"));
            assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> greet("other.example", front));
            greet("localhost", front);
        }
    }

    @Test
    void anAuthorityThatComesLaterNeedsNoRestartAndABrokenFileForgetsNobody() throws Exception {
        try (var front = new TlsFront(
                STRANGER.issue("s", folder.resolve("s")), keys.address().getPort())) {
            Files.writeString(bundle, own() + STRANGER.certificate());
            greet("localhost", front);
            assertThat(broken()).isZero();

            for (var garbage : List.of("", "no certificate", own().replace("END", "AND"), own().replace("M", "-"))) {
                Files.writeString(bundle, garbage);
                greet("localhost", front);
                assertThat(broken()).as(garbage).isOne();
            }
            Files.delete(bundle);
            greet("localhost", front);
            assertThat(broken()).isOne();

            Files.writeString(bundle, own());
            assertThatExceptionOfType(SSLException.class).isThrownBy(() -> greet("localhost", front));
            assertThat(broken()).isZero();
        }
    }

    private static void comes(String who, String role) {
        shop.customersUse(new Client(shop.instance().address(), "Authorization", "Bearer " + issuer.token(who, role)));
    }

    /** A handshake as whoever goes by Java's default makes it. */
    private static void greet(String host, TlsFront front) throws Exception {
        try (var plain = new Socket("localhost", front.port());
                var socket = (SSLSocket)
                        SSLContext.getDefault().getSocketFactory().createSocket(plain, host, front.port(), true)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    private static double broken() {
        return shop.instance()
                .get(MeterRegistry.class)
                .get("trust.bundle.broken")
                .gauge()
                .value();
    }
}
