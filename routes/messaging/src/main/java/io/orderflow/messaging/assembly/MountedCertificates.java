package io.orderflow.messaging.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS to the brokers with the files of a folder: {@code user.crt}, {@code user.key} and {@code ca.crt}, as Strimzi's
 * secrets name them. They are read again for each new connection, so that a renewed certificate needs no restart;
 * Kafka's own way reads them once. Kafka makes it by its name.
 */
public final class MountedCertificates implements SslEngineFactory {

    private static final String FOLDER = "orderflow.certificates";

    private Map<String, Object> options = Map.of();
    private List<String> read = List.of();
    private DefaultSslEngineFactory engines;

    /**
     * The options of a Kafka client that uses this folder.
     *
     * @throws IllegalArgumentException if a file is not there or cannot be read
     */
    static Map<String, String> options(Path folder) {
        try {
            read(folder);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "orderflow.messaging.certificates: " + e.getCause().getMessage()
                            + " cannot be read (expected: a folder with user.crt, user.key and ca.crt)");
        }
        return Map.of(
                "security.protocol",
                "SSL",
                SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG,
                MountedCertificates.class.getName(),
                FOLDER,
                folder.toString());
    }

    @Override
    public void configure(Map<String, ?> options) {
        this.options = new HashMap<>(options);
        current();
    }

    /** The engines for what the files say now. */
    private synchronized DefaultSslEngineFactory current() {
        var now = read(Path.of(options.get(FOLDER).toString()));
        if (!now.equals(read)) {
            Map<String, Object> pem = new HashMap<>(options);
            pem.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
            pem.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(now.get(0)));
            pem.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(now.get(1)));
            pem.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            pem.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(now.get(2)));
            var renewed = new DefaultSslEngineFactory();
            renewed.configure(pem);
            engines = renewed;
            read = now;
        }
        return engines;
    }

    private static List<String> read(Path folder) {
        try {
            return List.of(
                    Files.readString(folder.resolve("user.crt")),
                    Files.readString(folder.resolve("user.key")),
                    Files.readString(folder.resolve("ca.crt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SSLEngine createClientSslEngine(String host, int port, String endpointIdentification) {
        return current().createClientSslEngine(host, port, endpointIdentification);
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        return current().createServerSslEngine(host, port);
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> next) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public KeyStore keystore() {
        return current().keystore();
    }

    @Override
    public KeyStore truststore() {
        return current().truststore();
    }

    @Override
    public void close() {}
}
