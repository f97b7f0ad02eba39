package io.orderflow.e2e.house;

import io.orderflow.outside.CallRoutes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/**
 * One name for a route: the method that draws it, its id, which its metrics and spans carry, and the channel that it
 * takes from. Who reads one of them in an alarm finds the others. Each application that is tested is asked for its own.
 */
public final class RouteNames {

    /** {@code <role>.<verb-and-noun>}. */
    private static final Pattern ID = Pattern.compile("[a-z]+\\.([a-z]+(-[a-z]+)*)");

    /** A channel, {@code direct:} or {@code timer:} with its name, or a path of the REST interface with one. */
    private static final Pattern ENDPOINT =
            Pattern.compile("(?:(?:transaction|work|direct|timer):|rest:.*[?&]routeId=)([^?&]+).*");

    /** Draws the route of whatever company a service calls, under the name that the service gives it. */
    private static final Class<?> SHARED = CallRoutes.class;

    private RouteNames() {}

    /** The routes of an application, apart from the backbone's own, that go by several names. */
    public static List<String> misnamed(CamelContext camel) {
        return camel.getRegistry().findByType(RouteBuilder.class).stream()
                .filter(builder -> !builder.getClass().getPackageName().startsWith("io.orderflow.messaging"))
                .flatMap(RouteNames::misnamed)
                .sorted()
                .toList();
    }

    static Stream<String> misnamed(RouteBuilder builder) {
        return builder.getRouteCollection().getRoutes().stream().flatMap(route -> misnamed(builder, route));
    }

    private static Stream<String> misnamed(RouteBuilder builder, RouteDefinition route) {
        var id = route.getRouteId();
        var uri = route.getInput().getEndpointUri();
        var name = ID.matcher(String.valueOf(id));
        var endpoint = ENDPOINT.matcher(uri);
        if (!name.matches()) {
            return Stream.of("route " + id + " (expected: <role>.<name>, as in " + ID + ")");
        }
        Stream.Builder<String> wrong = Stream.builder();
        if (!endpoint.matches() || !endpoint.group(1).equals(id)) {
            wrong.add("route " + id + " takes from " + uri + " (expected: " + id + ")");
        }
        if (!SHARED.isInstance(builder) && !hasMethod(builder, name.group(1))) {
            wrong.add("route " + id + " is drawn by no method of "
                    + builder.getClass().getSimpleName() + " (expected: " + name.group(1) + " in camel case)");
        }
        return wrong.build();
    }

    private static boolean hasMethod(RouteBuilder builder, String name) {
        return Arrays.stream(builder.getClass().getDeclaredMethods())
                .anyMatch(method -> kebab(method.getName()).equals(name) && method.getParameterCount() == 0);
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
