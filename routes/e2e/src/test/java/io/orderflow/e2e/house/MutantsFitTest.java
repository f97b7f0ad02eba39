package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code make mutants} takes long and runs seldom; this keeps its list true meanwhile. */
class MutantsFitTest {

    @Test
    void everyMutationFitsTheSourceAndNamesATest() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "routes/e2e/src/mutants/Mutants.java",
                        "--fit")
                .directory(Path.of("").toAbsolutePath().getParent().getParent().toFile())
                .redirectErrorStream(true)
                .start();
        var misfits = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(misfits).isZero();
    }
}
