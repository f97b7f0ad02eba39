package io.orderflow.app;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.messaging.schema.Migrations;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.core.env.Environment;

/**
 * The process that brings the schemas of its roles up to date and ends, {@code --migrate --roles=orders}: it has no
 * port, no worker, and knows no broker. It is the only one that needs a migrator's login.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(DataSourceAutoConfiguration.class)
class Migrator {

    /** A schema could not be brought up to date. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Failed(ServiceModule service, RuntimeException cause) {
            super(
                    StartRefused.line(cause)
                            .orElseGet(() ->
                                    "schema %1$s: %2$s (expected: a database with a login that is %1$s_migrator or may become it)"
                                            .formatted(
                                                    service.role(),
                                                    Failures.root(cause).getMessage())),
                    cause);
        }
    }

    /**
     * One after the other.
     *
     * @throws Failed with the first that fails
     */
    static void migrate(DataSource database, Environment settings, List<ServiceModule> services) {
        for (var service : services) {
            try {
                Migrations.migrate(database, service.role(), service.moreMigrations(settings));
            } catch (RuntimeException e) {
                throw new Failed(service, e);
            }
        }
    }
}
