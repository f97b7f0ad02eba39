package io.orderflow.app;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.ServiceModule;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The services that this image can run: each {@link ServiceModule} on the class path, in the order of the drawing. */
final class Services {

    static final String ALL = "all";

    private static final List<ServiceModule> FOUND = ServiceLoader.load(ServiceModule.class).stream()
            .map(Provider::get)
            .sorted(Comparator.comparingInt(service -> place(service)))
            .toList();

    private Services() {}

    /** Those that run where nobody says which: of those that run only by name the declaration has no word. */
    static List<ServiceModule> all() {
        return FOUND.stream().filter(service -> !service.onlyByName()).toList();
    }

    /** Those that run only by name as well. */
    static List<ServiceModule> known() {
        return FOUND;
    }

    /** Who is in no drawing comes last. */
    private static int place(ServiceModule service) {
        int place = Topology.ORDERFLOW.drawn().indexOf(service.role());
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    /** A role that this image does not have. */
    static final class UnknownRole extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private UnknownRole(String name) {
            super("--roles: " + name + " (expected: " + ALL + ", or some of "
                    + FOUND.stream().map(known -> known.role().name()).collect(Collectors.joining(", "))
                    + ", separated by commas)");
        }
    }

    /**
     * The services that a list of names asks for, in the order of the drawing; beside {@code all} stands nobody whom it
     * means anyway.
     *
     * @throws UnknownRole if a name is not one of ours
     */
    static List<ServiceModule> named(String names) {
        List<String> parts = Stream.of(names.split(",", -1)).map(String::strip).toList();
        List<ServiceModule> meantByAll = parts.contains(ALL) ? all() : List.of();
        Set<ServiceModule> named = new LinkedHashSet<>(meantByAll);
        for (var name : parts) {
            if (!name.equals(ALL)) {
                named.add(FOUND.stream()
                        .filter(known -> known.role().name().equals(name) && !meantByAll.contains(known))
                        .findFirst()
                        .orElseThrow(() -> new UnknownRole(name.isBlank() ? "(nothing)" : name)));
            }
        }
        return FOUND.stream().filter(named::contains).toList();
    }
}
