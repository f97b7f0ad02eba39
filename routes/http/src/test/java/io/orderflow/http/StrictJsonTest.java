package io.orderflow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    enum Size {
        SMALL,
        LARGE
    }

    record Part(String sku, int quantity) {}

    record Parcel(String sentBy, long weight, boolean fragile, Size size, List<Part> parts) {}

    record Picky(int count) {
        Picky {
            if (count < 0) {
                throw new IllegalArgumentException("secret");
            }
            if (count == 0) {
                throw new Refusal(Problem.conflict("none left"));
            }
        }
    }

    @Test
    void readsWhatIsMeant() {
        var parcel = read("""
                {"sent_by":"Jürgen 😀\\nline","weight":9223372036854775807,"fragile":true,"size":"SMALL",
                 "parts":[{"sku":"mug","quantity":-2147483648}]}
                """);

        assertThat(parcel)
                .isEqualTo(new Parcel(
                        "Jürgen 😀\nline",
                        Long.MAX_VALUE,
                        true,
                        Size.SMALL,
                        List.of(new Part("mug", Integer.MIN_VALUE))));
    }

    /** As JSON Schema knows it: the same number, however it is written. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "2.0", "2e0", "20e-1", "0.2e1"})
    void readsAWholeNumberHoweverItIsWritten(String number) {
        assertThat(read(with("weight", number)).weight()).isEqualTo(2);
        assertThat(StrictJson.read(("{\"count\":" + number + "}").getBytes(StandardCharsets.UTF_8), Picky.class)
                        .count())
                .isEqualTo(2);
    }

    /** R1, R2, R12, R14: the text itself; $ stands for the members of a right document. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nonsense",
                "{$",
                "{",
                "{$}}",
                "{$} {}",
                "{$} x",
                "{$} // comment",
                "{$,}",
                "{$,\"weight\":1}",
                "{$,\"parts\":[{\"sku\":\"a\",\"sku\":\"a\"}]}",
                "{$,'more':1}",
                "{$,more:1}",
                "{$,\"more\":01}",
                "{$,\"more\":+1}",
                "{$,\"more\":.5}",
                "{$,\"more\":NaN}",
                "{$,\"more\":Infinity}",
                "{$,\"more\":\"\u0000\"}",
                "{$,\"m\\u0000re\":1}",
                "\uFEFF{$}",
                "[{$}]",
                "1",
                "\"a\"",
                "true",
                "null"
            })
    void refusesWhatIsNotOneDocument(String text) {
        var right = with("more", null);
        read(right);

        var problem = refused(text.replace("$", right.substring(1, right.length() - 1)));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).startsWith("body: ");
    }

    /** R3, R4, R5, R14: one member of an otherwise right document. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "weight   | \"2\"",
                "weight   | 2.5",
                "weight   | 1e-3",
                "weight   | 9223372036854775808.0",
                "weight   | true",
                "weight   | null",
                "weight   | [1]",
                "weight   | {}",
                "weight   | \"\"",
                "weight   | -0",
                "weight   | 9223372036854775808",
                "weight   | 1e999999999",
                "fragile  | 1",
                "fragile  | \"true\"",
                "fragile  | \"\"",
                "fragile  | null",
                "sent_by  | 1",
                "sent_by  | 1.5",
                "sent_by  | true",
                "sent_by  | null",
                "sent_by  | [\"a\"]",
                "sent_by  | \"a\\u0000b\"",
                "sent_by  | \"a\\u001bb\"",
                "sent_by  | \"a\\u009fb\"",
                "sent_by  | \"\\ud800\"",
                "sent_by  | \"\\udc00\\ud800\"",
                "size     | \"small\"",
                "size     | \"\"",
                "size     | 0",
                "size     | null",
                "parts    | {}",
                "parts    | \"\"",
                "parts    | null",
                "surprise | 1"
            })
    void refusesAWrongMemberByName(String member, String value) {
        var problem = refused(with(member, value));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).extracting(Problem.FieldError::pointer).containsExactly("/" + member);
        assertThat(StrictJson.write(problem)).doesNotContain("Exception", "io.orderflow", "Parcel", "java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sent_by", "weight", "fragile", "size", "parts"})
    void refusesAMissingMemberByName(String member) {
        var problem = refused(with(member, null));

        assertThat(problem.errors())
                .containsExactly(new Problem.FieldError("/" + member, "is missing (expected: a value)"));
    }

    @Test
    void pointsIntoLists() {
        var problem = refused(with("parts", "[{\"sku\":\"a\",\"quantity\":1},{\"sku\":\"b\",\"quantity\":\"2\"}]"));

        assertThat(problem.errors()).extracting(Problem.FieldError::pointer).containsExactly("/parts/1/quantity");
    }

    @Test
    void repeatsNothingButNames() {
        var problem = refused(with("s" + "e".repeat(120) + "~/", "1"));

        assertThat(problem.errors().getFirst().pointer()).startsWith("/see").endsWith("~0~1");
        assertThat(StrictJson.write(refused(with("weight", "\"my secret\"")))).doesNotContain("my secret");
    }

    /** R5. Written out, they have up to a thousand million digits. */
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e-600000000", "10.5e-12000000"})
    void refusesANumberOfManyDigitsAtOnce(String number) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(refused(with("weight", number)).status()).isEqualTo(400));
    }

    @Test
    void refusesEndlessNumbersAndNames() {
        for (var text : List.of(
                with("weight", "1".repeat(1000)),
                with("weight", "0." + "1".repeat(1000)),
                with("weight", "1e" + "1".repeat(1000)),
                "{\"" + "n".repeat(60_000) + "\":1}")) {
            assertThat(refused(text).detail()).startsWith("body: too deep, or a number or name too long");
        }
    }

    /** R9. */
    @ParameterizedTest
    @ValueSource(ints = {33, 1_000, 32_000})
    void refusesDeepNestingAtOnce(int depth) {
        var array = "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
        var object = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        assertThat(refused(array).detail()).startsWith("body: too deep");
        assertThat(refused(object).detail()).startsWith("body: too deep");

        var clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        refused(array);
        refused(object);
        long spent = clock.getCurrentThreadCpuTime() - start;
        assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void readsThirtyTwoLevels() {
        var deepest = "[".repeat(31) + "]".repeat(31);

        assertThat(refused(with("surprise", deepest)).errors())
                .extracting(Problem.FieldError::pointer)
                .containsExactly("/surprise");
    }

    @Test
    void lastsThroughWhatARecordRefuses() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> StrictJson.read(bytes("{\"count\":0}"), Picky.class))
                .satisfies(refusal -> assertThat(refusal.problem()).isEqualTo(Problem.conflict("none left")));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> StrictJson.read(bytes("{\"count\":-1}"), Picky.class))
                .satisfies(refusal -> {
                    assertThat(refusal.problem().status()).isEqualTo(422);
                    assertThat(StrictJson.write(refusal.problem())).doesNotContain("secret");
                });
    }

    @Test
    void writesSnakeCaseInstantsAndNulls() {
        record Shown(Instant createdAt, String reason, Map<String, Long> prices) {}

        assertThat(StrictJson.write(new Shown(Instant.parse("2026-11-23T18:00:00Z"), null, Map.of("EUR", 1290L))))
                .isEqualTo("{\"created_at\":\"2026-11-23T18:00:00Z\",\"reason\":null,\"prices\":{\"EUR\":1290}}");
    }

    @Test
    void writesProblemsAsRfc9457Has() {
        assertThat(StrictJson.write(Problem.unacceptable("/a", "b")))
                .isEqualTo("{\"type\":\"urn:orderflow:problem:unacceptable-value\","
                        + "\"title\":\"The request is understood and cannot be accepted\",\"status\":422,"
                        + "\"errors\":[{\"pointer\":\"/a\",\"detail\":\"b\"}]}");
    }

    /** A right document with one member changed, added, or left out (null). */
    private static String with(String member, String value) {
        var members = new LinkedHashMap<>(
                Map.of("sent_by", "\"a\"", "weight", "1", "fragile", "true", "size", "\"SMALL\"", "parts", "[]"));
        members.remove(member);
        if (value != null) {
            members.put(member, value);
        }
        return members.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Problem refused(String text) {
        try {
            read(text);
        } catch (Refusal refusal) {
            return refusal.problem();
        }
        throw new AssertionError("taken: " + text);
    }

    private static Parcel read(String text) {
        return StrictJson.read(bytes(text), Parcel.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
