package io.orderflow.app;

import io.orderflow.app.operator.OperatorCommands;
import io.orderflow.http.assembly.DocumentedHttpModule;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.messaging.assembly.MessagingModule;
import io.orderflow.messaging.assembly.Roles;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The process that runs orderflow's services: all of them, or those that {@code --roles=orders,payments} names. Nothing
 * is found by scanning packages; what can run is what {@link Services} finds named in {@code META-INF/services}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({MessagingModule.class, DocumentedHttpModule.class, RolesEndpoint.class})
public class Orderflow {

    private static final String ROLES = "--roles=";
    private static final String MIGRATE = "--migrate";

    /**
     * Runs until it is stopped, by SIGTERM or Ctrl-C; a wrong role ends it at once with the right ones. With {@code
     * --migrate} it only brings schemas up to date, and with a command of operators it only does that.
     */
    public static void main(String... arguments) {
        if (OperatorCommands.areAskedForBy(arguments)) {
            System.exit(OperatorCommands.run(
                    System.getenv(), new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
        }
        if (TestOrder.isAskedFor(arguments)) {
            System.exit(TestOrder.run(arguments));
        }
        try {
            if (List.of(arguments).contains(MIGRATE)) {
                migrate(arguments);
            } else {
                GoodEnd.of(start(arguments).getBean(Roles.class));
            }
        } catch (Services.UnknownRole e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (Migrator.Failed e) {
            System.err.println("orderflow does not migrate: " + e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts the process's services.
     *
     * @param arguments {@code --roles=} and settings as {@code --name=value}
     * @throws Services.UnknownRole if a role is not one of ours
     */
    public static ConfigurableApplicationContext start(String... arguments) {
        var sources = Stream.concat(
                Stream.of(Orderflow.class), services(arguments).stream().map(ServiceModule::getClass));
        return application(sources).run(settings(arguments));
    }

    /**
     * Brings the roles' schemas up to date.
     *
     * @param arguments {@code --roles=} and settings as {@code --name=value}
     * @throws Services.UnknownRole if a role is not one of ours
     * @throws Migrator.Failed if a schema could not be brought up to date
     */
    public static void migrate(String... arguments) {
        var services = services(arguments);
        var application = application(Stream.of(Migrator.class));
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var context = application.run(settings(arguments))) {
            Migrator.migrate(context.getBean(DataSource.class), context.getEnvironment(), services);
        }
    }

    private static SpringApplication application(Stream<Class<?>> sources) {
        var application = new SpringApplication(sources.toArray(Class<?>[]::new));
        application.addInitializers(new KnownGroups(Services.known()), new OwnAuthorities());
        return application;
    }

    private static List<ServiceModule> services(String... arguments) {
        return Services.named(Stream.of(arguments)
                .filter(argument -> argument.startsWith(ROLES))
                .map(argument -> argument.substring(ROLES.length()))
                .reduce(Services.ALL, (one, later) -> later));
    }

    private static String[] settings(String... arguments) {
        return Stream.of(arguments)
                .filter(argument -> !argument.startsWith(ROLES) && !argument.equals(MIGRATE))
                .toArray(String[]::new);
    }
}
