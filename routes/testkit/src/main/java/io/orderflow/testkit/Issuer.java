package io.orderflow.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who signs tokens on one's own machine, in place of an identity provider: a key that is made at first use and kept in
 * a folder, with the key set that tells its public half to those who check.
 */
public final class Issuer {

    public static final String NAME = "https://issuer.local.orderflow";
    public static final String AUDIENCE = "orderflow";

    private static final String KEY = "key";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int COORDINATE_BYTES = 32;

    private final Path folder;
    private final PrivateKey key;

    private Issuer(Path folder, PrivateKey key) {
        this.folder = folder;
        this.key = key;
    }

    /** The one whose key is in this folder. */
    public static Issuer in(Path folder) {
        try {
            if (!isIn(folder)) {
                make(folder);
            }
            var bytes = Base64.getDecoder().decode(Files.readString(privateKey(folder)));
            return new Issuer(folder, KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static boolean isIn(Path folder) {
        return Files.exists(privateKey(folder));
    }

    private static void make(Path folder) throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        Files.createDirectories(folder);
        Files.writeString(
                keySet(folder), """
                {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s"}]}
                """.formatted(KEY, coordinate(point.getAffineX()), coordinate(point.getAffineY())));
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(privateKey(folder), onlyOwner);
        Files.writeString(
                privateKey(folder),
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }

    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return encoded(fixed);
    }

    private static Path privateKey(Path folder) {
        return folder.resolve("private-key");
    }

    private static Path keySet(Path folder) {
        return folder.resolve("keys.json");
    }

    /** The settings of an app that takes these tokens, and only these. */
    public List<String> settings() {
        return List.of(
                "--orderflow.identity.mode=jwt",
                "--orderflow.identity.issuer=" + NAME,
                "--orderflow.identity.audience=" + AUDIENCE,
                "--orderflow.identity.algorithms=ES256",
                "--orderflow.identity.keys=" + keys());
    }

    /** Where the key set is. */
    public URI keys() {
        return keySet(folder).toUri();
    }

    /** A good token for an hour. */
    public String token(String subject, String... roles) {
        return signed(
                header(),
                claims(NAME, AUDIENCE, subject, Instant.now(), Instant.now().plus(LIFE), roles));
    }

    /** The header of a good token. */
    public static String header() {
        return "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + KEY + "\"}";
    }

    /** The claims of a token; good if the first two are ours and it is between the two times. */
    public static String claims(
            String issuer, String audience, String subject, Instant from, Instant until, String... roles) {
        return """
                {"iss":"%s","aud":"%s","sub":"%s","nbf":%d,"exp":%d,"roles":[%s]}""".formatted(
                        issuer,
                        audience,
                        subject,
                        from.getEpochSecond(),
                        until.getEpochSecond(),
                        Arrays.stream(roles).map(role -> '"' + role + '"').collect(Collectors.joining(",")));
    }

    /** A token with this header and these claims, whatever they say, signed with our key. */
    public String signed(String header, String claims) {
        var content = content(header, claims);
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is signed of a token. */
    public static String content(String header, String claims) {
        return Stream.of(header, claims)
                .map(part -> encoded(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
    }

    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
