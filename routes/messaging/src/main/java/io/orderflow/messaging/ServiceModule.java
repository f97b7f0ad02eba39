package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * What a service says of itself in one place, for those who run, install and test it: nobody else keeps a list of
 * services. The service's public configuration class implements it, and {@code META-INF/services} names that class, so
 * that the app runs each service that is on its class path. A role has the settings {@code orderflow.<role>.*} and the
 * migrations {@code db/<role>}; both follow from its name.
 */
public interface ServiceModule {

    /** Who it is: the value of {@code --roles}, its consumer group and its schema. */
    Role role();

    /**
     * Which migrations it needs beyond its own, each a folder {@code db/<name>} with a history of its own in the
     * service's schema.
     *
     * @param settings as the process has them
     */
    default List<String> moreMigrations(Environment settings) {
        return List.of();
    }

    /**
     * Whether its readers begin with what comes after its installation, as one must that would otherwise do last year's
     * work; else they begin with all that is there.
     */
    default boolean beginsWithWhatComes() {
        return false;
    }

    /** Whether it runs only where {@code --roles} names it; {@code all} does not mean it. */
    default boolean onlyByName() {
        return false;
    }

    /** Whether it serves customers or other systems over HTTP, beside {@code /ops}. */
    default boolean servesHttp() {
        return false;
    }

    /** Below which paths it may be reached from outside of the cluster. */
    default List<String> publicPaths() {
        return List.of();
    }

    /** Names of what it calls outside of the cluster's own parts. */
    default List<String> callsOutside() {
        return List.of();
    }
}
