package io.orderflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void whatIsNotSaidIsUsual() {
        assertThat(DemoOptions.of(List.of()))
                .isEqualTo(new DemoOptions(1, Path.of("target/demo").toAbsolutePath(), false));
        assertThat(DemoOptions.of(List.of("--seed=-5", "--folder=/there", "--redraw")))
                .isEqualTo(new DemoOptions(-5, Path.of("/there"), true));
    }

    @Test
    void whatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> DemoOptions.of(List.of("--seed=five")))
                .hasMessage("SEED: five (expected: a whole number)");
        assertThatThrownBy(() -> DemoOptions.of(List.of("--fast"))).hasMessageStartingWith("--fast (expected: ");
    }
}
