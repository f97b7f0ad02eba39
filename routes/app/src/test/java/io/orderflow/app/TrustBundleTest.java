package io.orderflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are lists of authorities; that they are believed is for the handshakes of {@code TrustTest}. */
class TrustBundleTest {

    private static final X509Certificate[] PUBLIC = everybodys();
    private static final String ONE = """
            -----BEGIN CERTIFICATE-----
            %s
            -----END CERTIFICATE-----
            """.formatted(encoded(PUBLIC[0]));

    @TempDir
    private Path folder;

    @Test
    void itsAuthoritiesCountBesideThePublicOnes() throws Exception {
        var bundle = new TrustBundle(with("# words\r\n" + ONE.replace("\n", "\r\n") + ONE));

        assertThat(bundle.getAcceptedIssuers()).hasSizeGreaterThan(50).contains(PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no certificate at all",
                "ONE CUT -----BEGIN CERTIFICATE-----\nMIIB",
                "ONE -----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----",
                "ONE -----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
            })
    void aFileThatIsNoListOfCertificatesIsRefused(String text) throws Exception {
        var file = with(text.replace("ONE ", ONE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustBundle(file))
                .withMessageStartingWith("orderflow.trust.bundle: " + file + ": ")
                .withMessageMatching(
                        "(?s).*: (no certificate|block 2 is no (whole )?certificate) \\(expected: a file of"
                                + " certificates in PEM\\)");
    }

    private Path with(String text) throws Exception {
        return Files.writeString(folder.resolve("ca.crt"), text);
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate[] everybodys() {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow()
                    .getAcceptedIssuers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
