package io.orderflow.app;

import io.orderflow.http.ops.OpsModule;
import io.orderflow.messaging.MessagingModule;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The process that runs orderflow's services: all of them, or those that {@code --roles=orders,payments} names. Nothing is found by scanning; what runs is what {@link RunnableRole}
 * lists.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@Import({MessagingModule.class, OpsModule.class, RolesEndpoint.class})
public class Orderflow {

    private static final String ROLES = "--roles=";

    /** Runs until it is stopped; a wrong role ends it at once with the right ones. */
    public static void main(String... arguments) {
        try {
            start(arguments);
        } catch (RunnableRole.UnknownRole e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Starts the process's services.
     *
     * @param arguments {@code --roles=} and settings as {@code --name=value}
     * @throws RunnableRole.UnknownRole if a role is not one of ours
     */
    public static ConfigurableApplicationContext start(String... arguments) {
        List<Class<?>> sources = new ArrayList<>(List.of(Orderflow.class));
        List<String> settings = new ArrayList<>();
        var roles = RunnableRole.ALL;
        for (var argument : arguments) {
            if (argument.startsWith(ROLES)) {
                roles = argument.substring(ROLES.length());
            } else {
                settings.add(argument);
            }
        }
        RunnableRole.named(roles).forEach(role -> sources.add(role.module()));
        var application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.addInitializers(new KnownGroups());
        return application.run(settings.toArray(String[]::new));
    }
}
