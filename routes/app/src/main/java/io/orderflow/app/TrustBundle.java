package io.orderflow.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities that a company runs itself: the certificates of a PEM file, which count beside the public ones for
 * whoever opens a TLS connection by Java's default. The file is read again for each connection, so that a new authority
 * needs no restart; while it is broken, what it said last goes on to count.
 */
final class TrustBundle extends X509ExtendedTrustManager {

    private static final Logger log = LoggerFactory.getLogger(TrustBundle.class);

    private static final String SETTING = "orderflow.trust.bundle";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN [^-]*-----[^-]*(?:-----END [^-]*-----)?");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    private final Path file;
    private final List<X509Certificate> everybodys;
    private byte[] read;
    private X509ExtendedTrustManager trusted;
    private boolean broken;

    /** @throws IllegalArgumentException if the file cannot be read or is not a list of certificates */
    TrustBundle(Path file) {
        this.file = file;
        try {
            everybodys = List.of(manager(null).getAcceptedIssuers());
            read = Files.readAllBytes(file);
            trusted = trusting(read);
        } catch (IOException e) {
            throw refused("cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw refused(e.getMessage(), e);
        }
    }

    private IllegalArgumentException refused(String what, Exception cause) {
        return new IllegalArgumentException(
                SETTING + ": " + file + ": " + what + " (expected: a file of certificates in PEM)", cause);
    }

    /** A context whose connections believe these authorities and the public ones. */
    SSLContext context() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, null);
        return context;
    }

    /** Whether the file is broken now, so that what it said before counts. */
    synchronized boolean isBroken() {
        current();
        return broken;
    }

    private synchronized X509ExtendedTrustManager current() {
        try {
            var now = Files.readAllBytes(file);
            if (!Arrays.equals(now, read)) {
                trusted = trusting(now);
                read = now;
                broken = false;
                log.info("{}: {} was read again", SETTING, file);
            } else if (broken) {
                broken = false;
                log.info("{}: {} is what it was", SETTING, file);
            }
        } catch (IOException | GeneralSecurityException e) {
            if (!broken) {
                log.warn("{}: {}: {}; what it said before goes on to count", SETTING, file, e.toString());
            }
            broken = true;
        }
        return trusted;
    }

    private X509ExtendedTrustManager trusting(byte[] pem) throws GeneralSecurityException, IOException {
        var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        for (var certificate :
                (Iterable<X509Certificate>) Stream.concat(everybodys.stream(), own(pem).stream())::iterator) {
            authorities.setCertificateEntry("authority-" + authorities.size(), certificate);
        }
        return manager(authorities);
    }

    private static List<X509Certificate> own(byte[] pem) throws CertificateException {
        var blocks = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1))
                .results()
                .toList();
        if (blocks.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        var x509 = CertificateFactory.getInstance("X.509");
        X509Certificate[] own = new X509Certificate[blocks.size()];
        for (int i = 0; i < own.length; i++) {
            var block = blocks.get(i).group();
            if (!CERTIFICATE.matcher(block).matches()) {
                throw new CertificateException("block " + (i + 1) + " is no whole certificate");
            }
            try {
                own[i] = (X509Certificate)
                        x509.generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (CertificateException e) {
                throw new CertificateException("block " + (i + 1) + " is no certificate", e);
            }
        }
        return List.of(own);
    }

    /** @param authorities whom to believe; null for those that the Java machine came with */
    private static X509ExtendedTrustManager manager(KeyStore authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(authorities);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        current().checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        current().checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        current().checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw noClients();
    }

    private static CertificateException noClients() {
        return new CertificateException("a server's certificate is looked at here, never a client's");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current().getAcceptedIssuers();
    }
}
