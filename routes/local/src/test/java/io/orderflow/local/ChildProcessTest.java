package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void oneThatDiesIsToldOfAndStartedAgainWithWhatIsRightByThen() throws Exception {
        var layout = Layout.at(folder, Map.of());
        var script = new AtomicReference<>("echo first; exit 1");
        var kind = new ChildProcess.Kind(
                List.of(),
                name -> List.of(),
                name -> script.set("echo told of " + name + "; exec sleep 1000"),
                PATIENCE,
                PATIENCE);
        var child = new ChildProcess(layout, "child", () -> List.of("sh", "-c", script.get()), kind).start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(Files.readString(layout.log("child")))
                    .isEqualTo("first\ntold of child\n"));
        } finally {
            child.kill();
        }
    }

    /** Several times, because its death is heard of in a thread of its own. */
    @Test
    void oneThatIsTakenAwayStaysAwayUntilItIsBroughtBack() throws Exception {
        var layout = Layout.at(folder, Map.of());
        var deaths = new AtomicInteger();
        var kind = new ChildProcess.Kind(
                List.of(), name -> List.of(), name -> deaths.incrementAndGet(), PATIENCE, PATIENCE);
        var child = new ChildProcess(layout, "child", () -> List.of("sh", "-c", "echo begun; exec sleep 1000"), kind);
        child.start();
        try {
            for (int times = 1; times <= 5; times++) {
                hasBegun(layout, times);
                var process = ProcessHandle.of(Long.parseLong(
                                Files.readString(layout.pid("child")).strip()))
                        .orElseThrow();
                child.takeAway();
                process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                child.bringBack();
            }
            hasBegun(layout, 6);
            assertThat(deaths).as("nobody is told of a death that is meant").hasValue(0);
        } finally {
            child.kill();
        }
    }

    private static void hasBegun(Layout layout, int times) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Files.readString(layout.log("child")))
                .isEqualTo("begun\n".repeat(times)));
    }
}
