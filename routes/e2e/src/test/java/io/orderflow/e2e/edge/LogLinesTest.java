package io.orderflow.e2e.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

/** What is said to the log, of which much repeats what others say: no line has a control character or a forged end. */
class LogLinesTest {

    /** All that there are, and the two line ends of Unicode that some readers know. */
    private static final String CONTROLS = Stream.of(
                    IntStream.range(0, 0x20), IntStream.range(0x7f, 0xa0), IntStream.of(0x2028, 0x2029))
            .flatMap(IntStream::boxed)
            .map(Character::toString)
            .collect(Collectors.joining());

    private static final String FORGED = "05:41:00.000 ERROR forged";
    private static final String REQUEST = "0190a6f0-0000-7000-8000-000000000000";
    private static final List<Level> LEVELS = List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR);

    private final LoggerContext context = new LoggerContext();

    @Test
    void noTextBreaksALine() throws IOException {
        for (var level : LEVELS) {
            var lines = written(pattern(), event(level, null)).split("\n", -1);

            assertThat(lines).as(level.toString()).hasSize(2).endsWith("");
            assertThat(lines[0])
                    .contains("before?", "?after", REQUEST)
                    .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f]");
        }
    }

    @Test
    void noFailureBreaksALine() throws IOException {
        var failure = new IllegalStateException("x\n" + FORGED, new IOException("y\r\n" + FORGED + CONTROLS));
        for (var level : LEVELS) {
            var lines = written(pattern(), event(level, failure)).split("\n", -1);

            assertThat(lines)
                    .as(level.toString())
                    .hasSizeGreaterThan(5)
                    .noneMatch(line -> line.startsWith(FORGED))
                    .anyMatch(line -> line.startsWith("\tat "))
                    .anyMatch(line -> line.startsWith("Caused by: java.io.IOException: y?"))
                    .allSatisfy(line -> assertThat(line.replaceFirst("^\t+", ""))
                            .doesNotContainPattern("[\\p{Cntrl}&&[^\\t]\u0080-\u009f\u2028\u2029]"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void noTextBreaksAnObject(String format) {
        context.putObject(Environment.class.getName(), new MockEnvironment());
        var encoder = new StructuredLogEncoder();
        encoder.setFormat(format);
        for (var level : LEVELS) {
            var line = written(encoder, event(level, new IllegalStateException("x\n" + FORGED + CONTROLS)));

            assertThat(line).endsWith("\n").contains("\"request_id\":\"" + REQUEST);
            assertThat(line.substring(0, line.length() - 1)).doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f]");
        }
    }

    /** The one that the application is delivered with, in which a file is written, too. */
    private static Encoder<ILoggingEvent> pattern() throws IOException {
        var settings = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .getFirst();
        assertThat(settings.getProperty("logging.pattern.file")).isEqualTo("${logging.pattern.console}");
        var encoder = new PatternLayoutEncoder();
        encoder.setPattern((String) settings.getProperty("logging.pattern.console"));
        return encoder;
    }

    private String written(Encoder<ILoggingEvent> encoder, ILoggingEvent event) {
        encoder.setContext(context);
        encoder.start();
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private LoggingEvent event(Level level, Throwable failure) {
        var text = "before" + CONTROLS + "after\r\n" + FORGED;
        var event = new LoggingEvent(
                "", context.getLogger("io.orderflow"), level, "said: {}", failure, new Object[] {text});
        event.setMDCPropertyMap(Map.of("request_id", REQUEST + CONTROLS, "order_id", text, "event_id", text));
        return event;
    }
}
