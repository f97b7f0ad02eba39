package io.orderflow.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Linux's own lines, read where the fields are. */
class ProcessorTimeTest {

    @Test
    void aProcessCountsWithItsEndedChildrenWhateverItIsCalled() {
        assertThat(ProcessorTime.ticks(
                        "4711 (post gres) x) S 1 4711 4711 0 -1 4194560 9 9 0 0 100 20 3000 40000 20 0 1 0 5 6 7"))
                .isEqualTo(43_120);
    }

    @Test
    void theMachineIsBusyWithAllButWaiting() {
        assertThat(ProcessorTime.busy("cpu  1 20 300 4000000 5000000 60000 700000 8000000 9 9"))
                .isEqualTo(8_760_321);
    }

    @Test
    void thisProcessIsSeen() {
        assertThat(ProcessorTime.of(ProcessHandle.current())).isPositive();
    }
}
