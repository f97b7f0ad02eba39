package io.orderflow.payments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tells the provider who we are: the one line of a file. It is read for each call, so that a new key needs no
 * restart, and it is in no message.
 */
final class ApiKey {

    private final Path file;

    private ApiKey(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException if there is none in this file */
    static ApiKey in(Path file) {
        var key = new ApiKey(file);
        key.value();
        return key;
    }

    String value() {
        try {
            var value = Files.readString(file).strip();
            if (value.matches("[\\x21-\\x7e]{1,512}")) {
                return value;
            }
            throw new IllegalArgumentException(
                    "orderflow.payments.http.api-key-file: " + file + " (expected: one line of printable ASCII)");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "orderflow.payments.http.api-key-file: " + file + " cannot be read (expected: a readable file)", e);
        }
    }
}
