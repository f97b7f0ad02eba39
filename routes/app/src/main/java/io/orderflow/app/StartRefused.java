package io.orderflow.app;

import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one line why the process does not start, where whoever started it can set that right: a setting that is
 * missing, wrong or unknown, a file that cannot be read, or a database that does not let us in. All else is reported by
 * Spring Boot, at length.
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

    /**
     * The deepest cause that names a setting, else the deepest that names a file or an address; what is around it only
     * says who asked for it.
     */
    static Optional<String> line(Throwable failure) {
        var causes = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .toList()
                .reversed();
        return Stream.concat(
                        causes.stream().map(Throwable::getMessage).filter(StartRefused::namesASetting),
                        causes.stream().map(StartRefused::known).filter(Objects::nonNull))
                .findFirst()
                .map(text -> text.replaceAll("\\s*\\R\\s*", " "));
    }

    private static boolean namesASetting(String message) {
        return message != null && message.startsWith("orderflow.");
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
            case SQLException refused
            when refusesEntry(refused.getSQLState()) ->
                "spring.datasource.url: " + refused.getMessage() + " (expected: a database that lets us in)";
            default -> isClear(cause.getMessage()) ? cause.getMessage() : null;
        };
    }

    /** No connection, no such login, or no such database. */
    private static boolean refusesEntry(String state) {
        return state != null && state.matches("(08|28|3D).{3}");
    }

    /**
     * What names no setting of ours and is our own all the same, and what Spring Boot says of a secret's file that is
     * gone.
     */
    private static boolean isClear(String message) {
        return message != null && message.matches("(?s)(rest: |The property file ).*");
    }
}
