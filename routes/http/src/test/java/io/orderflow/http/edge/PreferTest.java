package io.orderflow.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client's preference is understood as RFC 7240 has it, and what is no list of preferences is none. */
class PreferTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "wait=10 | 10",
                "WAIT=10 | 10",
                "wait=\"10\" | 10",
                "respond-async, wait=10 | 10",
                "wait = 10 | 10",
                "wait=10; foo=\"a,b;c\" | 10",
                "handling=lenient;wait=3, wait=10 | 10",
                "foo=\"wait=3, wait=4\", wait=10 | 10",
                ", ,wait=10,, | 10",
                "wait=10, wait=20 | 10",
                "wait, wait=20 | 0",
                "wait=, wait=20 | 0",
                "wait=0 | 0",
                "wait | 0",
                "waiting=10 | 0",
                "wait=ten | 0",
                "wait=-1 | 0",
                "wait=1.5 | 0",
                "wait=10 20 | 0",
                "wait=\"10 | 0",
                "wait=10, (broken) | 0",
                "return=minimal;wait=10 | 0",
                "wait=99999999999999999999 | 0",
                "~~ | 0"
            })
    void readsForHowLongToWait(String list, int seconds) {
        assertThat(Prefer.seconds(list)).as(list).isEqualTo(seconds);
    }

    /** As large as a head may be. */
    @Test
    void readsOneOfManyPieces() {
        assertThat(Prefer.seconds("a;".repeat(8_000) + ",wait=10")).isEqualTo(10);
        assertThat(Prefer.seconds("\"".repeat(16_000))).isZero();
        assertThat(Prefer.seconds("a=\"" + "b".repeat(16_000))).isZero();
    }
}
