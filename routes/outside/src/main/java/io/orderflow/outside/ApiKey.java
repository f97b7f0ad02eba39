package io.orderflow.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tells a company who we are: the one line of a file. It is read for each call, so that a new key needs no
 * restart, and it is in no message.
 */
final class ApiKey {

    private static final String SETTING = "api-key-file";

    private final CompanyName name;
    private final Path file;

    private ApiKey(CompanyName name, Path file) {
        this.name = name;
        this.file = file;
    }

    /** @throws IllegalArgumentException if there is none in this file */
    static ApiKey in(Path file, CompanyName name) {
        var key = new ApiKey(name, file);
        key.value();
        return key;
    }

    String value() {
        try {
            var value = Files.readString(file).strip();
            if (value.matches("[\\x21-\\x7e]{1,512}")) {
                return value;
            }
            throw name.refused(SETTING, file, "one line of printable ASCII");
        } catch (IOException e) {
            var refused = name.refused(SETTING, file + " cannot be read", "a readable file");
            refused.initCause(e);
            throw refused;
        }
    }
}
