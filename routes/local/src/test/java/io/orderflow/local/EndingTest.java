package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the terminal of {@code make run} sees of its end. */
class EndingTest {

    private static final int PATIENCE_SECONDS = 60;

    /** Runs until it is stopped, or fails at once. */
    static final class Stoppable {

        public static void main(String[] arguments) throws Exception {
            var ending = Ending.with(() -> System.out.println("the last word"));
            System.out.println("running");
            if (arguments.length > 0) {
                ending.isFailure();
                System.exit(2);
            }
            Thread.currentThread().join();
        }
    }

    @Test
    void toBeStoppedIsNoError() throws Exception {
        var process = start();
        var out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("running");

        process.toHandle().destroy(); // which leaves its output open

        assertThat(out.readLine()).isEqualTo("the last word");
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aFailureIsOne() throws Exception {
        var process = start("fails");

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(process.inputReader().lines()).containsExactly("running", "the last word");
    }

    private static Process start(String... arguments) throws IOException {
        var command = JavaCommand.with("-Xmx32m");
        command.add(Stoppable.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
