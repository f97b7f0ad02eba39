package io.orderflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How a local run differs from the usual one.
 *
 * @param tokens whether callers must show a token; without it the services believe the name that a caller gives
 * @param providerOverHttp whether the payment provider is a process of its own
 * @param console whether console runs beside the services
 * @param faults what the provider gets wrong, and in how many calls of a hundred: {@code time-out-after-charge=10}
 * @param seed decides which calls these are
 */
record Wishes(boolean tokens, boolean providerOverHttp, boolean console, String faults, long seed) {

    static final Wishes USUAL = new Wishes(false, false, false, "", 1);

    private static final int KEY_BYTES = 24;

    /** The key that the provider and its caller share, made at first use. */
    static Path keyIn(Path file) {
        try {
            if (!Files.exists(file)) {
                var bytes = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(bytes);
                Files.createDirectories(file.getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
            }
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(file + ": cannot be written", e);
        }
    }
}
