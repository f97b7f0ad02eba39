package io.orderflow.e2e.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.Tools;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Clients can be made from the documents, and their requests can be collected. */
class ClientsTest {

    @Test
    void bothDocumentsAreWhatTheGeneratorTakesForValid() throws Exception {
        for (var file : OpenApi.FILES) {
            assertThat(Tools.said(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            GeneratedClients.GENERATOR.toString(),
                            "validate",
                            "--recommend",
                            "-i",
                            OpenApi.FOLDER.resolve(file).toString()))
                    .contains("No validation issues detected.");
        }
    }

    @Test
    void aCollectionHasEachOperationOnceWithAllItsExamples() {
        var api = OpenApi.committed();
        var examples = OpenApiExamples.of(api).stream()
                .collect(Collectors.groupingBy(one -> one.operation().isForOperators(), Collectors.counting()));
        for (var file : OpenApi.FILES) {
            boolean isForOperators = !file.equals(OpenApi.FILES.getFirst());
            var collection = RequestCollection.of(api, file);
            var sent = new TreeSet<String>();
            int answers = 0;
            for (var folder : collection.path("item")) {
                for (var item : folder.path("item")) {
                    var request = item.path("request");
                    sent.add(request.path("method").asText() + " /"
                            + request.at("/url/path")
                                    .valueStream()
                                    .map(step -> step.asText().replaceFirst("^:(.*)", "{$1}"))
                                    .collect(Collectors.joining("/")));
                    answers += item.path("response").size();
                }
            }

            assertThat(sent)
                    .containsExactlyInAnyOrderElementsOf(api.operations().stream()
                            .filter(one -> one.isForOperators() == isForOperators)
                            .map(OpenApi.Operation::toString)
                            .toList());
            assertThat(answers).isEqualTo(examples.get(isForOperators).intValue());
        }
    }
}
