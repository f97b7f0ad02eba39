package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.orderflow.helm.CommandsOfPages.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a command names that somebody is told to type is there after the installation that it speaks of. */
class CommandsTest {

    private static final Things THINGS = Things.after(Installation.SMALL, Installation.PRODUCTION)
            .and(Manifests.parse(CommandsOfPages.read(Examples.SET_BACK)))
            .and(
                    Installation.PRODUCTION.with(
                            "{console: {enabled: true}, roles: {payments: {autoscaling: {by: lag}}}, networkPolicy: {scalerFrom: [{podSelector: {}}]}}"));
    private static final Pattern WATCHED = Pattern.compile("watchNamespaces=\\{([a-z]+)}");

    static Stream<Path> pages() {
        return CommandsOfPages.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageNamesIsThere(Path page) {
        assertThat(mistakes(THINGS.and(CommandsOfPages.appliedIn(page)), CommandsOfPages.in(page)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheNotesNameIsThere(Installation installation) {
        var commands = CommandsOfPages.typed("notes", Notes.of(installation));
        assertThat(commands).hasSizeGreaterThan(1);
        assertThat(mistakes(Things.after(installation), commands)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheNotesOfAnUpgradeNameIsThere(Installation installation) {
        var commands = CommandsOfPages.typed("notes", Notes.ofAnUpgradeOf(installation));
        assertThat(mistakes(Things.after(installation), commands)).isEmpty();
    }

    /** A chart that refuses them leaves its reader alone: the small installation where it is named, else production. */
    @ParameterizedTest
    @MethodSource("settings")
    void theValuesThatAPageSetsAreNotRefused(Typed typed) throws IOException {
        var values = new YAMLMapper().createObjectNode();
        for (var set : typed.command().values("--set")) {
            var pair = set.split("=", 2);
            int last = pair[0].lastIndexOf('.');
            values.withObject("/" + pair[0].substring(0, last).replace('.', '/'))
                    .set(pair[0].substring(last + 1), new YAMLMapper().readTree(pair[1]));
        }
        boolean small = typed.command().values("--filename").contains("helm/orderflow/values-small.yaml");
        assertThatCode(() -> (small ? Installation.SMALL : Installation.PRODUCTION).with(values.toString()))
                .doesNotThrowAnyException();
    }

    static Stream<Typed> settings() {
        return pages().flatMap(page -> CommandsOfPages.in(page).stream())
                .filter(typed -> typed.command().isHelm()
                        && typed.command().word(2).equals("helm/orderflow")
                        && typed.command().has("--set"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMALL", "SMALL_WITH_CONSOLE", "EVERYTHING"})
    void whereTheTestOfTheReleaseTellsToLookIsThere(Installation installation) {
        var told = Pods.in(installation.manifests())
                .filter(pod -> pod.component().equals("test"))
                .flatMap(pod -> Pods.each(pod.spec().at("/containers/0/args")))
                .map(argument -> argument.asText())
                .filter(argument -> argument.startsWith("--next="))
                .map(argument -> argument.substring("--next=".length()))
                .toList();
        assertThat(told).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("kubectl -n " + Chart.NAMESPACE));
        assertThat(mistakes(Things.after(installation), CommandsOfPages.typed("test", String.join("\n", told))))
                .isEmpty();
    }

    @Test
    void whatTheScriptsForKindNameIsThere() {
        var load = CommandsOfPages.read(Chart.ROOT.resolve("kind/load.yaml"));
        var things = Things.after(Installation.SMALL).and(Manifests.parse(load));
        assertThat(CommandsOfPages.scripts()).allSatisfy(script -> assertThat(
                        mistakes(things, CommandsOfPages.typed(script.toString(), CommandsOfPages.read(script))))
                .isEmpty());
    }

    @Test
    void manyCommandsAreLookedAt() {
        assertThat(pages().flatMap(page -> CommandsOfPages.in(page).stream())).hasSizeGreaterThan(150);
    }

    private static List<String> mistakes(Things things, List<Typed> commands) {
        return commands.stream()
                .flatMap(one ->
                        CommandChecks.mistakes(things, one.command()).stream().map(mistake -> one + ": " + mistake))
                .toList();
    }

    /** Who begins at its first line finds each namespace made before it is named. */
    @ParameterizedTest
    @ValueSource(strings = {"## Try it", "## In production"})
    void aNamespaceIsMadeBeforeItIsNamed(String section) {
        var readme = CommandsOfPages.read(Chart.SOURCE.resolve("README.md"));
        var rest = readme.substring(readme.indexOf(section));
        Set<String> made = new HashSet<>();
        for (var typed : CommandsOfPages.of(section, rest.substring(0, rest.indexOf("\n## ", 1)))) {
            var command = typed.command();
            if (command.word(0).equals("create") && command.word(1).equals("namespace")) {
                made.add(command.word(2));
            }
            if (command.has("--create-namespace")) {
                made.addAll(command.values("--namespace"));
            }
            assertThat(made).as("%s", typed).containsAll(command.values("--namespace"));
            command.values("--set").forEach(set -> WATCHED.matcher(set)
                    .results()
                    .forEach(namespace -> assertThat(made).as("%s", typed).contains(namespace.group(1))));
        }
        assertThat(made).contains(Chart.NAMESPACE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kubectl -n orders get deploy/shop-orders                        | Deployment shop-orders: not there",
                "kubectl -n order get pods                                       | order: no namespace of ours",
                "kubectl -n orders port-forward deploy/shop-orderflow-orders 80  | port 80",
                "kubectl -n orders port-forward service/shop-orderflow-orders 9  | port 9:",
                "kubectl -n orders delete pods -l strimzi.io/pool=dual           | strimzi.io/pool=dual: no Pod has it",
                "kubectl -n orders logs orderflow-dual-0 -c broker               | broker: not in",
                "kubectl -n orders get secret mail-login -o jsonpath={.data.user} | user: not in",
                "kubectl -n orders create secret generic mail-login --from-literal=user=x | user: nobody reads it",
                "kubectl -n orders create secret generic mail --from-literal=username=x   | Secret mail: nobody reads it",
                "kubectl -n orders get kafkas.strimzi                            | kafkas.strimzi: no kind",
                "kubectl -n orders logs deploy/shop-orderflow-orders --since-when 3 | --since-when: no option",
                "helm -n orders rollback shop-orderflow                          | shop-orderflow: no release",
                "helm upgrade shop helm/orderflow --set migration.attempt=2      | migration.attempt: no value",
                "helm upgrade shop helm/orderflow -f helm/orderflow/values-tiny.yaml | values-tiny.yaml: no such file",
                "helm pull oci://quay.io/strimzi-helm/strimzi-kafka-operator --version 1.1.0 | 1.1.0: not the operator",
                "x=$(kubectl -n orders get pod shop-orderflow-porter) && echo    | Pod shop-orderflow-porter: not there",
            })
    void aSlipIsFound(String line, String mistake) {
        assertThat(mistakes(THINGS, CommandsOfPages.typed("planted", line)))
                .singleElement()
                .asString()
                .contains(mistake);
    }
}
