package io.orderflow.http.edge;

import io.orderflow.http.CallerRole;
import io.orderflow.http.identity.Visitor;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.rest.ParamDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.RestParamType;
import org.apache.camel.model.rest.SecurityDefinition;
import org.apache.camel.model.rest.VerbDefinition;

/**
 * Who may call a route, and with which query: what its REST definition says with {@code .security(...)} and {@code
 * .param(...)}. A route that does not say who may call it does not start, so that nobody can forget to.
 *
 * @param route the id of the route
 * @param roles those that may call it; empty for everybody
 * @param parameters the names of its query's parameters
 */
record Rule(String route, Set<String> roles, Set<String> parameters) {

    Rule {
        roles = Set.copyOf(roles);
        parameters = Set.copyOf(parameters);
    }

    /**
     * The rule of a route.
     *
     * @throws IllegalStateException if it has none, or names an unknown role
     */
    static Rule of(CamelContext camel, String method, String path) {
        var verb = definitions(camel).stream()
                .flatMap(rest -> rest.getVerbs().stream()
                        .filter(one -> one.asVerb().equalsIgnoreCase(method))
                        .filter(one -> path(rest, one).equals(plain(path))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "rest: " + method + " " + path + " is not declared (expected: in a rest(...))"));
        var named = verb.getSecurity().stream().map(SecurityDefinition::getKey).collect(Collectors.toSet());
        if (named.equals(Set.of(CallerRole.ANYONE))) {
            return new Rule(route(verb), Set.of(), parameters(verb));
        }
        if (named.isEmpty() || !CallerRole.ALL.containsAll(named)) {
            throw new IllegalStateException("rest: " + method + " " + path + " names "
                    + (named.isEmpty() ? "nobody" : named) + " who may call it (expected: .security(...) with "
                    + CallerRole.ANYONE + ", or some of " + CallerRole.ALL + ")");
        }
        return new Rule(route(verb), named, parameters(verb));
    }

    private static Set<String> parameters(VerbDefinition verb) {
        return verb.getParams().stream()
                .filter(parameter -> parameter.getType() == RestParamType.query)
                .map(ParamDefinition::getName)
                .collect(Collectors.toSet());
    }

    private static String route(VerbDefinition verb) {
        var uri = verb.getTo().getUri();
        return uri.substring(uri.indexOf(':') + 1);
    }

    private static List<RestDefinition> definitions(CamelContext camel) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class).getRestDefinitions();
    }

    private static String path(RestDefinition rest, VerbDefinition verb) {
        return plain("/" + orEmpty(rest.getPath()) + "/" + orEmpty(verb.getPath()));
    }

    private static String orEmpty(String path) {
        return path == null ? "" : path;
    }

    private static String plain(String path) {
        return path.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }

    /** The service whose route it is. */
    String service() {
        return route.substring(0, Math.max(0, route.indexOf('.')));
    }

    boolean admitsEverybody() {
        return roles.isEmpty();
    }

    boolean admits(Visitor visitor) {
        return admitsEverybody() || !Collections.disjoint(roles, visitor.roles());
    }

    /** Whether only those who work for the shop may call it: then every call is written down. */
    boolean isForOperators() {
        return !admitsEverybody() && CallerRole.OPERATORS.containsAll(roles);
    }

    /** Those of the visitor's roles that admit it; where none does, all that it came with. */
    Set<String> shownBy(Visitor visitor) {
        var shown = new HashSet<>(visitor.roles());
        shown.retainAll(roles);
        return shown.isEmpty() ? visitor.roles() : shown;
    }
}
