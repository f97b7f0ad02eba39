package io.orderflow.e2e.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks TLS in front of a server that does not, and hands on what it hears. */
final class TlsFront implements AutoCloseable {

    private final ServerSocket server;
    private final int behind;
    private volatile SSLContext context;

    /**
     * @param identity a folder with {@code user.crt} and {@code user.key}
     * @param behind the port of the server on this machine
     */
    TlsFront(Path identity, int behind) {
        this.behind = behind;
        shows(identity);
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** From now on it has this certificate. */
    void shows(Path identity) {
        try {
            context = SSLContext.getInstance("TLS");
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys(identity), new char[0]);
            context.init(managers.getKeyManagers(), null, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore keys(Path identity) throws GeneralSecurityException, IOException {
        var key = Base64.getMimeDecoder()
                .decode(Files.readString(identity.resolve("user.key")).replaceAll("-----.*-----", ""));
        try (var certificate = Files.newInputStream(identity.resolve("user.crt"))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "front",
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                    new char[0],
                    new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(certificate)});
            return store;
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (var front = (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
                var back = new Socket("localhost", behind)) {
            front.setUseClientMode(false);
            front.startHandshake();
            var forth = Thread.ofVirtual().start(() -> copy(front, back));
            copy(back, front);
            forth.join();
        } catch (IOException | InterruptedException e) {
            // Who does not believe the certificate hangs up; the test sees it at the other end.
            return;
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream heard = from.getInputStream()) {
            heard.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
