package io.orderflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.ServiceModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RolesFileTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @Test
    void whatIsCommittedIsWhatTheServicesSayOfThemselves() throws IOException {
        assertThat(ROOT.resolve(RolesFile.FILE))
                .as("mend it with: make render")
                .content()
                .isEqualTo(RolesFile.rendered(Services.known()));
    }

    @Test
    void aServiceMoreIsAnEntryMore() throws IOException {
        var more = new ArrayList<>(Services.known());
        ServiceModule billing = () -> new Role("billing");
        more.add(billing);

        assertThat(RolesFile.rendered(more)).isEqualTo(Files.readString(ROOT.resolve(RolesFile.FILE)) + """
                  - name: billing
                    http: false
                    paths: []
                    outside: []
                """);
    }

    @Test
    void whatRunsOnlyByNameIsOptional() {
        var entries = RolesFile.rendered(Services.known()).split("(?m)^(?=  - name: )");

        assertThat(entries)
                .filteredOn(entry -> entry.contains("optional: true"))
                .singleElement()
                .asString()
                .startsWith("  - name: console\n");
    }
}
