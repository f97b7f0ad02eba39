package io.orderflow.e2e.cluster;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Gives out certificates, as Strimzi's operators do on a cluster, into folders laid out like their secrets. */
final class Authority {

    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final String certificate;

    Authority(String name) {
        this.name = new X500Name("CN=" + name);
        this.certificate = pem(sign(this.name, keys, true, Duration.ofHours(2)));
    }

    /** What to trust. */
    String certificate() {
        return certificate;
    }

    /** Writes {@code user.crt}, {@code user.key} and {@code ca.crt}; what is there before is replaced. */
    Path issue(String subject, Path folder) {
        return issue(subject, folder, Duration.ofHours(2));
    }

    /** @param life for how long it is good from now on; negative for one that was good until then */
    Path issue(String subject, Path folder, Duration life) {
        try {
            Files.createDirectories(folder);
            var mine = newKeys();
            var signed = sign(new X500Name("CN=" + subject), mine, false, life);
            Files.writeString(folder.resolve("user.crt"), pem(signed));
            Files.writeString(folder.resolve("user.key"), pem(new JcaPKCS8Generator(mine.getPrivate(), null)));
            Files.writeString(folder.resolve("ca.crt"), certificate);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Key and certificate in one file, as a broker reads them. */
    Path issueInOne(String subject, Path folder) {
        issue(subject, folder);
        try {
            return Files.writeString(
                    folder.resolve("identity.pem"),
                    Files.readString(folder.resolve("user.key")) + Files.readString(folder.resolve("user.crt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509CertificateHolder sign(X500Name subject, KeyPair subjectKeys, boolean authority, Duration life) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(Instant.now().minus(Duration.ofDays(1))),
                    Date.from(Instant.now().plus(life)),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (CertIOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
