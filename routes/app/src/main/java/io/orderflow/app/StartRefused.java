package io.orderflow.app;

import java.nio.file.FileSystemException;
import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one line why the process does not start, where whoever started it can set that right: a setting that is
 * missing, wrong or unknown, or a file that cannot be read. All else is reported by Spring Boot, at length.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartRefused implements SpringBootExceptionReporter {

    /** As Spring Boot makes it. */
    StartRefused(ConfigurableApplicationContext application) {}

    @Override
    public boolean reportException(Throwable failure) {
        var line = line(failure);
        line.ifPresent(text -> System.err.println("orderflow does not start: " + text));
        return line.isPresent();
    }

    /** The deepest cause that names a setting or a file; what is around it only says who asked for it. */
    static Optional<String> line(Throwable failure) {
        String line = null;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var known = known(cause);
            line = known == null ? line : known;
        }
        return Optional.ofNullable(line).map(text -> text.replaceAll("\\s*\\R\\s*", " "));
    }

    private static String known(Throwable cause) {
        return switch (cause) {
            case UnboundConfigurationPropertiesException unknown ->
                unknown.getUnboundProperties().iterator().next().getName()
                        + ": unknown (expected: a documented setting)";
            case BindException wrong
            when wrong.getProperty() != null ->
                wrong.getProperty().getName() + ": " + wrong.getProperty().getValue() + " (expected: "
                        + wrong.getTarget().getType() + ")";
            case ConfigDataNotFoundException absent ->
                "spring.config.import: " + absent.getReferenceDescription() + " does not exist (expected: it does)";
            case FileSystemException unreadable ->
                unreadable.getFile() + ": cannot be read (expected: a readable file)";
            default -> isOurs(cause.getMessage()) ? cause.getMessage() : null;
        };
    }

    private static boolean isOurs(String message) {
        return message != null && (message.startsWith("orderflow.") || message.startsWith("rest: "));
    }
}
