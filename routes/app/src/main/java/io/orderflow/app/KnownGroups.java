package io.orderflow.app;

import io.orderflow.messaging.ServiceModule;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings of a group that nobody reads, {@code orderflow.mesaging.brokers}: each group refuses unknown names
 * itself, but a group with a wrong name is never looked at.
 */
final class KnownGroups implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PREFIX = "orderflow.";
    private static final Set<String> OF_NO_SERVICE = Set.of("messaging", "http", "identity", "ops", "trust");

    private final Set<String> groups = new TreeSet<>(OF_NO_SERVICE);

    /** Each service has a group of its name. */
    KnownGroups(Collection<ServiceModule> services) {
        services.forEach(service -> groups.add(service.role().name()));
    }

    @Override
    public void initialize(ConfigurableApplicationContext application) {
        for (var source : application.getEnvironment().getPropertySources()) {
            // The environment's variables are many people's.
            if (source instanceof EnumerablePropertySource<?> names
                    && !source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
                for (var name : names.getPropertyNames()) {
                    check(name);
                }
            }
        }
    }

    private void check(String name) {
        if (name.startsWith(PREFIX)
                && !groups.contains(name.substring(PREFIX.length()).split("[.\\[]", 2)[0])) {
            throw new IllegalArgumentException(name + ": unknown (expected: orderflow. and one of " + groups + ")");
        }
    }
}
