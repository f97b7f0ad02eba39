package io.orderflow.helm;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The services as the chart is told of them by {@code files/roles.yaml}, which is rendered from the declaration: their
 * templates ask that file, and so do the values, the lists and the tests here.
 */
record Roles(List<Role> all) {

    static final Path FILE = Path.of("files/roles.yaml");

    private static final Set<String> OURS = Set.of("orders", "payments", "inventory", "notifications", "console");

    /** Those of the chart. */
    static final Roles DECLARED = declared();

    /** Those that are installed where nobody asks for more. */
    static final Roles BY_DEFAULT = DECLARED.byDefault();

    /**
     * @param http whether customers or staff call it on 8080
     * @param paths below which an Ingress or HTTPRoute leads to it
     * @param outside names of what it calls outside of the cluster
     * @param optional whether it is installed only where a value says so
     */
    record Role(String name, boolean http, List<String> paths, List<String> outside, boolean optional) {}

    private static Roles declared() {
        try {
            return of(Chart.SOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param chart its folder */
    static Roles of(Path chart) throws IOException {
        var file = new YAMLMapper().readTree(Files.readString(chart.resolve(FILE)));
        List<Role> roles = new ArrayList<>();
        for (var role : file.path("roles")) {
            roles.add(new Role(
                    role.path("name").asText(),
                    role.path("http").asBoolean(),
                    Pods.each(role.path("paths")).map(path -> path.asText()).toList(),
                    Pods.each(role.path("outside")).map(name -> name.asText()).toList(),
                    role.path("optional").asBoolean()));
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(FILE + ": no roles (expected: a list under roles)");
        }
        return new Roles(List.copyOf(roles));
    }

    private Roles byDefault() {
        return new Roles(all.stream().filter(role -> !role.optional()).toList());
    }

    /** Those that somebody has added to ours. */
    List<String> added() {
        return names().stream().filter(name -> !OURS.contains(name)).toList();
    }

    List<String> names() {
        return all.stream().map(Role::name).toList();
    }

    List<String> withHttp() {
        return all.stream().filter(Role::http).map(Role::name).toList();
    }

    /** Each once. */
    List<String> outside() {
        var names = new LinkedHashSet<String>();
        all.forEach(role -> names.addAll(role.outside()));
        return List.copyOf(names);
    }
}
