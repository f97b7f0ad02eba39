package io.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says of the running app what is true of it, and nothing else. */
class OpenApiTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.at(Place.fresh());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /** With {@code -Drender} it writes the file: that is how {@code make openapi} does it. */
    @Test
    void theCommittedDocumentIsWhatTheRoutesGive() throws IOException {
        var rendered = RenderedOpenApi.of(shop.instance().get(CamelContext.class));
        if (System.getProperty("render") != null) {
            Files.writeString(OpenApi.FILE, rendered);
        }
        assertThat(OpenApi.FILE).as("mend it with: make openapi").content().isEqualTo(rendered);
    }

    /** Those of an example's request and of its answer; what is sent to get a problem need not be. */
    @Test
    void examplesAreAsTheirSchemasSay() {
        var api = OpenApi.committed();
        var softly = new SoftAssertions();
        int examples = 0;
        for (var content : api.document().findValues("content")) {
            for (var one : content) {
                for (var example : one.path("examples").properties()) {
                    softly.assertThat(api.mistakes(
                                    one.path("schema"), example.getValue().path("value")))
                            .as(example.toString())
                            .isEmpty();
                    examples++;
                }
            }
        }
        softly.assertAll();
        assertThat(examples).isGreaterThan(30);
    }

    @Test
    void theDocumentedProblemsAreThoseOfTheCode() {
        var types = OpenApi.committed().document().at("/components/schemas/Problem/properties/type/enum");

        assertThat(StreamSupport.stream(types.spliterator(), false).map(one -> one.asText()))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
    }
}
