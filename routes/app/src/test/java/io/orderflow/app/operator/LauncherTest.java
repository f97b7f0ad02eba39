package io.orderflow.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the image that starts operators' commands. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("src/image/launcher/orderflow");

    @TempDir
    private Path folder;

    @Test
    void aCommandsJavaIsToldNothingThatTheServicesIs() throws IOException {
        var java = Files.writeString(folder.resolve("java"), """
                #!/bin/sh
                echo "$JAVA_TOOL_OPTIONS$JDK_JAVA_OPTIONS|$*"
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        var builder = new ProcessBuilder("/bin/sh", LAUNCHER.toString(), "parked", "--json").redirectErrorStream(true);
        builder.environment().put("PATH", folder.toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:/agent.jar");
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:+UseZGC");

        var said = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).startsWith("|-XX:+UseSerialGC ").endsWith(" io.orderflow.app.Orderflow parked --json\n");
    }
}
