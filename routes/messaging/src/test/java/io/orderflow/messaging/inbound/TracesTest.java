package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracesTest {

    @Test
    void tellsWhereItBeganAndNothingOfWhatWasSaid() {
        var cause = cause();
        var trace = Traces.of(new IllegalArgumentException("about ada@example.com", cause));

        assertThat(trace)
                .startsWith("java.lang.IllegalStateException\n  at io.orderflow.messaging.inbound.TracesTest.cause(")
                .contains("wrapped in java.lang.IllegalArgumentException\n  at ")
                .contains("(TracesTest.java:")
                .containsOnlyOnce("ReflectionUtils.invokeMethod")
                .doesNotContain("ada@example.com");
    }

    private static IllegalStateException cause() {
        return new IllegalStateException("Key (email)=(ada@example.com)");
    }

    @Test
    void isBoundedHoweverDeepItIs() {
        var frames = new StackTraceElement[5_000];
        java.util.Arrays.fill(frames, new StackTraceElement("a.Class", "method", "Class.java", 1));
        var deep = new IllegalStateException();
        deep.setStackTrace(frames);

        assertThat(Traces.of(deep))
                .hasSizeLessThanOrEqualTo(Traces.MAX_CHARACTERS)
                .hasSizeGreaterThan(Traces.MAX_CHARACTERS - 100)
                .endsWith(")\n…");
    }

    @Test
    void endsWhereCausesGoInACircle() {
        var one = new IllegalStateException();
        var two = new IllegalStateException(one);
        one.initCause(two);

        assertThat(Traces.of(one)).hasSizeLessThanOrEqualTo(Traces.MAX_CHARACTERS);
    }
}
