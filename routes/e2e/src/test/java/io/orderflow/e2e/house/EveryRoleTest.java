package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.model.Saga;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** A role that is declared is there everywhere: a module to run, a Deployment, a database, a part in the model. */
class EveryRoleTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @Test
    void everyDeclaredRoleHasItsModuleItsDeploymentItsDatabaseAndItsModel() throws Exception {
        assertThat(lacks(Topology.ORDERFLOW.roles())).isEmpty();
    }

    /** Who runs only by name is installed only where it is asked for; a rendering has what is there then. */
    @Test
    void consoleHasItsDeploymentAndItsDatabaseWhereItIsAskedFor() throws Exception {
        assertThat(components("helm/rendered/small-with-console.yaml"))
                .contains("Deployment console", "Job migrate-console");
        assertThat(components("helm/rendered/small.yaml")).isNotEmpty().noneMatch(one -> one.contains("console"));
        assertThat(Files.readString(ROOT.resolve("helm/rendered/small-with-console.yaml")))
                .contains("SERVICES:=orders ", " console}");
    }

    @Test
    void whatADeclaredRoleLacksIsNamed() throws Exception {
        assertThat(lacks(List.of(Role.ORDERS, new Role("somebody"))))
                .containsExactly(
                        "somebody: no module on the app's class path",
                        "somebody: no Deployment in helm/rendered/production.yaml",
                        "somebody: no migration Job in helm/rendered/production.yaml",
                        "somebody: no Deployment in helm/rendered/small.yaml",
                        "somebody: no migration Job in helm/rendered/small.yaml",
                        "somebody: no database role in testkit",
                        "somebody: no part in the model");
    }

    private static List<String> lacks(Collection<Role> roles) throws Exception {
        var lacks = new ArrayList<String>();
        for (var role : roles) {
            check(lacks, role, "module on the app's class path", modules().contains(role));
            for (var file : List.of("helm/rendered/production.yaml", "helm/rendered/small.yaml")) {
                var components = components(file);
                check(lacks, role, "Deployment in " + file, components.contains("Deployment " + role));
                check(lacks, role, "migration Job in " + file, components.contains("Job migrate-" + role));
            }
            check(
                    lacks,
                    role,
                    "database role in testkit",
                    databaseRoles().containsAll(List.of(role.name(), role + "_migrator")));
            check(lacks, role, "part in the model", Saga.roles().contains(role));
        }
        return lacks;
    }

    private static void check(List<String> lacks, Role role, String what, boolean there) {
        if (!there) {
            lacks.add(role + ": no " + what);
        }
    }

    private static Set<Role> modules() {
        return ServiceLoader.load(ServiceModule.class).stream()
                .map(module -> module.get().role())
                .collect(Collectors.toSet());
    }

    /** Kind and component of each resource in a rendered file. */
    private static Set<String> components(String file) throws IOException {
        var components = new HashSet<String>();
        for (var document : new Yaml().loadAll(Files.readString(ROOT.resolve(file)))) {
            if (document instanceof Map<?, ?> resource
                    && resource.get("metadata") instanceof Map<?, ?> metadata
                    && metadata.get("labels") instanceof Map<?, ?> labels) {
                components.add(resource.get("kind") + " " + labels.get("app.kubernetes.io/component"));
            }
        }
        return components;
    }

    private static List<String> databaseRoles() throws SQLException {
        var database = Postgres.shared().freshDatabase();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), "");
                var rows = connection.createStatement().executeQuery("select rolname from pg_roles")) {
            var roles = new ArrayList<String>();
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
            return roles;
        }
    }
}
